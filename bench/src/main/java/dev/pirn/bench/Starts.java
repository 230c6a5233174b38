package dev.pirn.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Processes from their start to their first answer.
final class Starts {
  private final Path corpus;
  private final Library library;
  private final int runs;

  Starts(Path corpus, Library library, int runs) {
    this.corpus = corpus;
    this.library = library;
    this.runs = runs;
  }

  List<String> run(Path home) throws Exception {
    List<String> rows = new ArrayList<>();
    rows.addAll(coldLoad("cold load of the corpus to first answer", corpus));
    rows.addAll(coldLoad("cold load of 158 files to first answer", library.folder()));
    rows.add(
        sample(
            "the YAML library alone, 158 files, plain",
            java(ParserAlone.class, List.of(), library.folder()),
            "files"));
    rows.add(serve(home));
    return rows;
  }

  private List<String> coldLoad(String figure, Path folder) throws Exception {
    List<String> plain = java(ColdLoad.class, List.of(), folder);
    Path cache = Files.createTempFile("pirn-bench", ".aot");
    Files.delete(cache);
    once(java(ColdLoad.class, List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:disable"), folder));
    List<String> rows = new ArrayList<>();
    rows.add(sample(figure + ", plain", plain, "patterns"));
    List<String> quick =
        List.of(
            "-XX:AOTCache=" + cache,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:disable");
    if (Files.exists(cache)) {
      rows.add(sample(figure + ", AOT cache, C1", java(ColdLoad.class, quick, folder), "patterns"));
      Files.delete(cache);
    } else {
      rows.add(figure + ", AOT cache: the JVM made none");
    }
    return rows;
  }

  private static List<String> java(Class<?> main, List<String> options, Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), main.getName(), folder.toString()));
    return command;
  }

  private String sample(String figure, List<String> command, String what) throws Exception {
    double[] millis = new double[runs];
    String count = "";
    for (int i = -1; i < runs; i++) {
      String[] answer = once(command).split(" ", -1);
      count = answer[0];
      if (i >= 0) {
        millis[i] = Double.parseDouble(answer[1]);
      }
    }
    return Sample.row(figure, Sample.of(millis), "ms", count + " " + what);
  }

  private static String once(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader()) {
      String last = "";
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line;
      }
      process.waitFor();
      return last;
    }
  }

  /// From the start of `./pirn serve` until its ready line, with a copy of the library.
  private String serve(Path home) throws Exception {
    double[] millis = new double[runs];
    for (int i = -1; i < runs; i++) {
      Path workspace = Files.createTempDirectory("pirn-bench-serve");
      long begin = System.nanoTime();
      Process process =
          new ProcessBuilder(
                  home.resolve("pirn").toString(),
                  "serve",
                  workspace.toString(),
                  "--port",
                  "0",
                  "--patterns-dir",
                  library.folder().toString())
              .redirectErrorStream(true)
              .start();
      try (BufferedReader out = process.inputReader()) {
        String line = out.readLine();
        while (line != null && !line.contains("ready at")) {
          line = out.readLine();
        }
        if (line == null) {
          throw new IOException("pirn serve did not get ready");
        }
        if (i >= 0) {
          millis[i] = (System.nanoTime() - begin) / 1e6;
        }
      } finally {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
      }
      Folders.delete(workspace);
    }
    return Sample.row(
        "start of `pirn serve` to its ready line", Sample.of(millis), "ms", "158 files");
  }
}
