package dev.pirn.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Pages that are open in Chromium, of which the first tells what it shows. It is driven by
/// `src/main/browser/page.mjs`.
final class Chromium implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final String SCRIPTS = "bench/src/main/browser";

  private final Process process;
  private final List<Got> got = new ArrayList<>();
  private final Map<String, Long> seen = new HashMap<>();
  private boolean ready;
  private int loads;

  /// What the first page has loaded.
  ///
  /// @param path its address
  /// @param bytes its length
  /// @param gzipped its length when it is compressed
  record Got(String path, int bytes, int gzipped) {}

  /// @param home the repository
  /// @param pages how many are opened
  Chromium(Path home, String url, int pages) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("node", "page.mjs", url, Integer.toString(pages))
            .directory(home.resolve(SCRIPTS).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CHROMIUM", Objects.requireNonNull(program()).toString());
    process = builder.start();
    Thread.ofPlatform().name("bench-chromium").daemon().start(this::read);
    try {
      awaitReady();
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /// What is missing here and how to get it; null if it can be used.
  static @Nullable String missing(Path home) {
    if (Programs.onPath("node") == null) {
      return "node is not installed";
    }
    if (program() == null) {
      return "Chromium is not on the PATH, and CHROMIUM does not say where it is";
    }
    return Files.isDirectory(home.resolve("bench/node_modules/playwright-core"))
        ? null
        : "playwright-core is not installed: npm ci --prefix bench";
  }

  private static @Nullable Path program() {
    String named = System.getenv("CHROMIUM");
    return named != null
        ? Path.of(named)
        : Stream.of("chromium", "chromium-browser")
            .map(Programs::onPath)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        read(line.split(" ", -1));
      }
    } catch (IOException e) {
      // It has been closed.
    }
    synchronized (this) {
      notifyAll();
    }
  }

  private synchronized void read(String[] words) {
    switch (words[0]) {
      case "got" ->
          got.add(new Got(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3])));
      case "ready" -> ready = true;
      case "load" -> loads++;
      case "seen" -> seen.putIfAbsent(words[1] + " " + words[2], Long.parseLong(words[3]));
      default -> throw new IllegalStateException(String.join(" ", words));
    }
    notifyAll();
  }

  private synchronized void awaitReady() throws IOException, InterruptedException {
    long limit = System.nanoTime() + START.toNanos();
    while (!ready) {
      if (!process.isAlive() || System.nanoTime() > limit) {
        throw new IOException("Chromium does not show the page");
      }
      wait(100);
    }
  }

  /// When a frame showed this edit, in milliseconds of this machine's clock; 0 if none has within
  /// the time.
  synchronized long await(WebPage.Kind kind, int edit, Duration patience)
      throws IOException, InterruptedException {
    String key = kind.name().toLowerCase(Locale.ROOT) + " " + edit;
    long limit = System.nanoTime() + patience.toNanos();
    while (!seen.containsKey(key)) {
      long left = (limit - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return 0;
      }
      if (!process.isAlive()) {
        throw new IOException("Chromium has ended");
      }
      wait(left);
    }
    return seen.get(key);
  }

  /// What its first page has loaded in the beginning.
  synchronized List<Got> got() {
    return List.copyOf(got);
  }

  /// How often the page has been loaded anew.
  synchronized int loads() {
    return loads;
  }

  @Override
  public void close() {
    Programs.end(process);
  }
}
