package dev.pirn.bench;

import dev.pirn.bench.WebPage.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/// Edits of a page that is open in Chromium: from before `write()` until a frame of the page shows
/// it, and how often the page is loaded anew for it. They are of all kinds in random order, one at
/// a time, with 100 to 200 ms in between.
final class WebEdits {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final int PAUSE_MILLIS = 100;
  private static final int MOST_WARM_UP = 30;
  private static final long SEED = 5;

  private final Path home;
  private final WebTool tool;
  private final Random random = new Random(SEED);
  private final Map<Kind, Outcome> outcomes = new EnumMap<>(Kind.class);
  private boolean justLoaded;

  /// What came of the edits of a kind.
  private static final class Outcome {
    private final DoubleStream.Builder millis = DoubleStream.builder();
    private int lost;
    private int lostAfterLoad;
    private int loads;
  }

  WebEdits(Path home, WebTool tool) {
    this.home = home;
    this.tool = tool;
  }

  /// @param edits of all kinds together
  void run(int edits, Consumer<String> rows) throws Exception {
    String missing = Chromium.missing(home);
    missing = missing == null ? tool.missing() : missing;
    if (missing != null) {
      rows.accept(Sample.skipped(tool.title() + ": write() -> the frame that shows it", missing));
      return;
    }
    Path workspace = Files.createTempDirectory("pirn-bench-web-").toRealPath();
    WebPage page = WebPage.write(workspace.resolve(tool.folder()));
    try (WebTool.Serving serving = tool.serve(workspace);
        Chromium browser = new Chromium(home, serving.url(), 1)) {
      String added = added(page, browser.got());
      int warmUp = Math.min(MOST_WARM_UP, Math.max(Kind.values().length, edits / 10));
      int edit = 0;
      for (Kind kind : kinds(warmUp)) {
        edit(page, browser, kind, ++edit, new Outcome());
      }
      for (Kind kind : kinds(edits)) {
        edit(page, browser, kind, ++edit, outcomes.computeIfAbsent(kind, _ -> new Outcome()));
      }
      outcomes.forEach((kind, outcome) -> rows.accept(row(kind, outcome)));
      rows.accept(added);
    } catch (IOException e) {
      rows.accept(tool.title() + " failed: " + e.getMessage());
    } finally {
      Folders.delete(workspace);
    }
  }

  private List<Kind> kinds(int edits) {
    Kind[] all = Kind.values();
    List<Kind> kinds =
        new ArrayList<>(IntStream.range(0, edits).mapToObj(i -> all[i % all.length]).toList());
    Collections.shuffle(kinds, random);
    return kinds;
  }

  private void edit(WebPage page, Chromium browser, Kind kind, int edit, Outcome outcome)
      throws IOException, InterruptedException {
    int loads = browser.loads();
    long begin = System.currentTimeMillis();
    page.edit(kind, edit);
    long seen = browser.await(kind, edit, PATIENCE);
    if (seen == 0) {
      outcome.lost++;
      // Its client may not have been connected again.
      outcome.lostAfterLoad += justLoaded ? 1 : 0;
    } else {
      outcome.millis.add((double) (seen - begin));
    }
    LockSupport.parkNanos((PAUSE_MILLIS + random.nextInt(PAUSE_MILLIS)) * 1_000_000L);
    int loadsOfThis = browser.loads() - loads;
    outcome.loads += loadsOfThis;
    justLoaded = loadsOfThis > 0;
  }

  private String row(Kind kind, Outcome outcome) {
    String figure =
        "%s: %s, write() -> the frame that shows it"
            .formatted(tool.title(), kind.name().toLowerCase(Locale.ROOT));
    double[] millis = outcome.millis.build().toArray();
    if (millis.length == 0) {
      return "%s failed: no frame has shown any of %d edits".formatted(figure, outcome.lost);
    }
    Sample sample = Sample.of(millis);
    int all = millis.length + outcome.lost;
    String after =
        outcome.lost == 0 ? "" : " (%d right after a page load)".formatted(outcome.lostAfterLoad);
    String note =
        "p95 %.0f, lost %d of %d%s, %d page loads"
            .formatted(sample.p95(), outcome.lost, all, after, outcome.loads);
    return Sample.row(figure, sample, "ms", note);
  }

  /// By how much a page that is loaded is larger than its files.
  private String added(WebPage page, List<Chromium.Got> got) throws IOException {
    int bytes = 0;
    int gzipped = 0;
    int requests = 0;
    for (Chromium.Got one : got) {
      byte[] original = page.original(one.path());
      bytes += one.bytes() - original.length;
      gzipped += one.gzipped() - (original.length == 0 ? 0 : gzipped(original));
      requests += original.length == 0 ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "%-66s %10d bytes, %d when compressed, in %d requests",
        tool.title() + ": what it adds to a page that is loaded",
        bytes,
        gzipped,
        requests);
  }

  private static int gzipped(byte[] text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text);
    }
    return out.size();
  }
}
