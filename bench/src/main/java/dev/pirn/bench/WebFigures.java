package dev.pirn.bench;

import dev.pirn.bench.WebPage.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Pages that follow their files, served by `pirn serve` and by its peers.
///
/// One after the other, with pages of the same text. Peers are edited less often than Pirn because
/// they take longer; each row says how often.
final class WebFigures {
  private static final int CONNECTIONS = 1_000;
  private static final int PAGES = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final long PAUSE_NANOS = 100_000_000L;
  private static final long SETTLE_NANOS = 3_000_000_000L;
  private static final String CLIENT = "web/src/main/resources/dev/pirn/web/client";
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

  private final boolean quick;
  private final Path home;
  private final Consumer<String> rows;

  private WebFigures(boolean quick, Path home, Consumer<String> rows) {
    this.quick = quick;
    this.home = home;
    this.rows = rows;
  }

  /// @param home the repository, where Pirn and the peers of npm are
  static void run(boolean quick, Path home, Consumer<String> rows) throws Exception {
    new WebFigures(quick, home, rows).run();
  }

  private void run() throws Exception {
    new WebEdits(home, WebTool.pirn(home)).run(quick ? 30 : 1_000, rows);
    for (WebTool peer : WebTool.peers(home)) {
      new WebEdits(home, peer).run(quick ? 12 : peer.title().equals("vite") ? 200 : 90, rows);
    }
    sizes();
    idle();
    connections();
  }

  /// How large the scripts of the client are, of which a page loads those that it needs.
  private void sizes() throws IOException, InterruptedException {
    String figure = "pirn: the client";
    if (!Files.isDirectory(home.resolve("bench/node_modules/terser"))) {
      rows.accept(Sample.skipped(figure, "terser is not installed: npm ci --prefix bench"));
      return;
    }
    List<String> command = new ArrayList<>(List.of("node", "bench/src/main/browser/sizes.mjs"));
    try (Stream<Path> scripts = Files.list(home.resolve(CLIENT))) {
      scripts.map(Path::toString).sorted().forEach(command::add);
    }
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int[] sums = new int[3];
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        int[] sizes = Stream.of(words).skip(1).mapToInt(Integer::parseInt).toArray();
        for (int i = 0; i < sums.length; i++) {
          sums[i] += sizes[i];
        }
        rows.accept(size(figure + "'s " + words[0], sizes));
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException("the client cannot be minified");
    }
    rows.accept(size(figure + ", all of it", sums));
  }

  private static String size(String figure, int[] sizes) {
    return String.format(
        Locale.ROOT,
        "%-66s %10d bytes, %d when minified, %d when that is compressed",
        figure,
        sizes[0],
        sizes[1],
        sizes[2]);
  }

  /// What the server takes while pages are open and nothing changes.
  private void idle() throws Exception {
    String figure = "pirn serve: CPU with %d idle pages".formatted(PAGES);
    String missing = CpuTime.counted() ? Chromium.missing(home) : "there is no /proc here";
    if (missing != null) {
      rows.accept(Sample.skipped(figure, missing));
      return;
    }
    WebTool pirn = WebTool.pirn(home);
    Path workspace = Files.createTempDirectory("pirn-bench-web-").toRealPath();
    WebPage.write(workspace.resolve(pirn.folder()));
    int seconds = quick ? 5 : 10;
    try (WebTool.Serving serving = pirn.serve(workspace);
        Chromium _ = new Chromium(home, serving.url(), PAGES)) {
      LockSupport.parkNanos(SETTLE_NANOS);
      rows.accept(
          String.format(
              Locale.ROOT,
              "%-66s %10.2f %% of a core in %d s",
              figure,
              CpuTime.percent(serving.process().pid(), seconds),
              seconds));
    } finally {
      Folders.delete(workspace);
    }
  }

  /// What a connection takes, and how long it takes to tell all of them.
  private void connections() throws Exception {
    WebTool pirn = WebTool.pirn(home);
    Path workspace = Files.createTempDirectory("pirn-bench-web-").toRealPath();
    WebPage page = WebPage.write(workspace.resolve(pirn.folder()));
    try (WebTool.Serving serving = pirn.serve(workspace)) {
      // What is there once, however many there are, is there before.
      new WebSockets(serving.port(), 10).close();
      long before = heap(serving.process());
      try (WebSockets sockets = new WebSockets(serving.port(), CONNECTIONS)) {
        long after = heap(serving.process());
        rows.accept(
            String.format(
                Locale.ROOT,
                "%-66s %10.1f KB of heap; %.1f MB with none, %.1f MB with %,d",
                "pirn serve: a connection",
                (after - before) / 1e3 / CONNECTIONS,
                before / 1e6,
                after / 1e6,
                CONNECTIONS));
        rows.accept(fanOut(page, sockets));
      }
    } finally {
      Folders.delete(workspace);
    }
  }

  private String fanOut(WebPage page, WebSockets sockets) throws Exception {
    int edits = quick ? 20 : 100;
    DoubleStream.Builder millis = DoubleStream.builder();
    int lost = 0;
    for (int i = -edits / 2; i < edits; i++) {
      long seq = sockets.seq();
      long begin = System.nanoTime();
      page.edit(Kind.CSS, i + edits);
      long end = sockets.await(seq, PATIENCE);
      if (i >= 0 && end != 0) {
        millis.add((end - begin) / 1e6);
      }
      lost += i >= 0 && end == 0 ? 1 : 0;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    String figure =
        "pirn serve: write() -> the last of %,d connections has it".formatted(CONNECTIONS);
    double[] measured = millis.build().toArray();
    if (measured.length == 0) {
      return "%s failed: not all were told of any of %d edits".formatted(figure, edits);
    }
    Sample sample = Sample.of(measured);
    return Sample.row(
        figure,
        sample,
        "ms",
        "p95 %.1f, lost %d; all in one other process".formatted(sample.p95(), lost));
  }

  /// The bytes that are in use after a full collection, which the histogram begins with.
  private static long heap(Process process) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                JAVA.resolve("jcmd").toString(), Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String last = "";
    try (BufferedReader lines = jcmd.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
    }
    String[] words = last.strip().split("\\s+", -1);
    if (jcmd.waitFor() != 0 || !words[0].equals("Total")) {
      throw new IOException("jcmd says of the heap: " + last);
    }
    return Long.parseLong(words[2]);
  }
}
