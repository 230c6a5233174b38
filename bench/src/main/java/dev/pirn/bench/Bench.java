package dev.pirn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Prints all figures as one table.
///
/// The arguments: `--quick` for a tenth of the edits, and names of the parts to run (`edits`,
/// `get`, `throughput`, `registry`, `settings`, `agents`, `web`, `starts`); without any, all.
final class Bench {
  private Bench() {}

  /// Runs the benchmarks; see above for the arguments.
  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    boolean quick = words.contains("--quick");
    List<String> parts = words.stream().filter(word -> !word.startsWith("--")).toList();
    Logger.getLogger("").setLevel(Level.OFF);
    Path home = Path.of(System.getProperty("pirn.home", "."));
    Path corpus = Path.of(System.getProperty("pirn.data")).resolve("loom-patterns");
    System.out.println(machine());
    System.out.println(Sample.head());
    try (Library library = Library.of(corpus, Library.FILES)) {
      if (wanted(parts, "edits")) {
        EditToVisible edits = new EditToVisible(library);
        print(edits.run(quick ? 100 : 1000, 5));
        print(edits.run(quick ? 20 : 100, 100));
        print(edits.warm(quick ? 500 : 5000, quick ? 100 : 1000, 5));
      }
      if (wanted(parts, "throughput")) {
        print(new Throughput(library).run(quick ? 200 : 2000));
      }
      if (wanted(parts, "get")) {
        jmh(GetBenchmark.class, quick);
      }
      if (wanted(parts, "registry")) {
        print(RegistryFigures.run(quick));
      }
      if (wanted(parts, "settings")) {
        SettingsFigures.run(quick, System.out::println);
        jmh(SettingsReadBenchmark.class, quick);
      }
      if (wanted(parts, "agents")) {
        AgentFigures.run(quick, home, System.out::println);
      }
      if (wanted(parts, "web")) {
        WebFigures.run(quick, home, System.out::println);
      }
      if (wanted(parts, "starts")) {
        print(new Starts(corpus, library, quick ? 3 : 11).run(home));
      }
    }
  }

  private static boolean wanted(List<String> parts, String part) {
    return parts.isEmpty() || parts.contains(part);
  }

  private static void print(List<String> rows) {
    rows.forEach(System.out::println);
  }

  private static void jmh(Class<?> benchmarks, boolean quick) throws Exception {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(benchmarks.getSimpleName())
        .addProfiler("gc")
        .verbosity(VerboseMode.SILENT)
        .jvmArgsAppend("--enable-native-access=ALL-UNNAMED");
    if (quick) {
      options.forks(1).measurementIterations(2);
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
      BenchmarkParams params = result.getParams();
      String name = params.getBenchmark();
      String of =
          params.getParamsKeys().stream()
              .map(key -> ", " + params.getParam(key) + " " + key)
              .collect(Collectors.joining());
      System.out.printf(
          Locale.ROOT,
          "%-66s %10.3f ± %.3f ns  n=%d  %.3f B allocated%n",
          name.substring(name.lastIndexOf('.') + 1) + of,
          time.getScore(),
          time.getScoreError(),
          time.getSampleCount(),
          allocated == null ? Double.NaN : allocated.getScore());
    }
  }

  private static String machine() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    String model =
        Files.exists(info)
            ? Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown processor")
            : System.getProperty("os.arch");
    return "%s, %d cores, %s %s, Java %s, load %.1f"
        .formatted(
            model,
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                .getSystemLoadAverage());
  }
}
