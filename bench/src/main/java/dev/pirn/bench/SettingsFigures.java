package dev.pirn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A file of settings of some sizes: from `close(2)` in another process to the callback that reads
/// the new value, for Pirn and its peers in turn.
///
/// A callback that reads the new value before the file is closed is early, and its time negative;
/// one that finds the last key of the file missing has seen a file that is not complete. Both are
/// counted in the note.
final class SettingsFigures {
  private static final long PATIENCE = 1_000_000_000L;

  private SettingsFigures() {}

  static void run(boolean quick, Consumer<String> rows) throws Exception {
    for (int keys : new int[] {100, 10_000}) {
      int edits = (keys > 100 ? 200 : 1_000) / (quick ? 10 : 1);
      int warmUp = (keys > 100 ? 200 : 1_000) / (quick ? 10 : 1);
      for (SettingsPeer peer : SettingsPeer.ALL) {
        rows.accept(measure(peer, keys, warmUp, edits));
      }
    }
  }

  /// What the file says beside the number of the edit.
  static String text(int keys) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < keys; i++) {
      text.append(key(i)).append('=');
      text.append(i % 3 == 0 ? "http://host-" + i + ".example/path" : String.valueOf(i));
      text.append('\n');
    }
    return text.toString();
  }

  static String key(int number) {
    return "APP_KEY_" + number;
  }

  private static String measure(SettingsPeer peer, int keys, int warmUp, int edits)
      throws Exception {
    Path folder = Files.createTempDirectory("pirn-bench-settings-");
    Path file = Files.writeString(folder.resolve("app.properties"), text(keys));
    AtomicInteger wanted = new AtomicInteger();
    AtomicLong seen = new AtomicLong();
    AtomicInteger partial = new AtomicInteger();
    SettingsPeer.Told told =
        (edit, complete) -> {
          long now = System.nanoTime();
          if (!complete) {
            partial.incrementAndGet();
          }
          if (edit == wanted.get()) {
            seen.compareAndSet(0, now);
          }
        };
    double[] millis = new double[edits];
    int measured = 0;
    int early = 0;
    try (OtherProcess writer = new OtherProcess(file, "EDIT=")) {
      writer.order("save 0");
      try (AutoCloseable _ = peer.start(file, key(keys - 1), told)) {
        for (int i = -warmUp; i < edits; i++) {
          partial.set(i == 0 ? 0 : partial.get());
          wanted.set(i + warmUp + 1);
          seen.set(0);
          long closed = writer.order("save " + wanted.get());
          long limit = System.nanoTime() + PATIENCE;
          while (seen.get() == 0 && System.nanoTime() < limit) {
            LockSupport.parkNanos(20_000);
          }
          if (i >= 0 && seen.get() != 0) {
            millis[measured++] = (seen.get() - closed) / 1e6;
            early += seen.get() < closed ? 1 : 0;
          }
          LockSupport.parkNanos(5_000_000);
        }
      }
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
    return Sample.row(
        "%s, %,d keys, after %d".formatted(peer.title(), keys, warmUp),
        Sample.of(java.util.Arrays.copyOf(millis, Math.max(1, measured))),
        "ms",
        "lost %d, early %d, partial reads an edit %.2f"
            .formatted(edits - measured, early, partial.get() / (double) edits));
  }

  /// A file that is read by the benchmarks of reading.
  static Path file(int keys) throws IOException {
    Path file = Files.createTempFile("pirn-bench-settings", ".properties");
    return Files.writeString(file, text(keys));
  }
}
