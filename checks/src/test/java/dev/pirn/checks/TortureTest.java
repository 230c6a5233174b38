package dev.pirn.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.patterns.LoadedPattern;
import dev.pirn.patterns.PatternLibrary;
import dev.pirn.patterns.PatternOptions;
import dev.pirn.patterns.Patterns;
import dev.pirn.watch.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Many random edits by several writers, while readers look at every pattern again and again, with
/// the kernel's event queue made tiny where that is allowed.
///
/// `-Dpirn.edits=N` sets the number of edits, `-Dpirn.seed=N` the seed.
class TortureTest {
  private static final int EDITS = Integer.getInteger("pirn.edits", 100_000);
  private static final long SEED = Long.getLong("pirn.seed", System.nanoTime());
  private static final int WRITERS = 4;
  private static final Path QUEUE = Path.of("/proc/sys/fs/inotify/max_queued_events");

  @TempDir Path folder;

  @Test
  @Timeout(600)
  void theLibraryIsWhatTheDiskSaysAndNoReaderEverSawAnythingElse() throws Exception {
    Path root = Files.createDirectories(folder.resolve("patterns"));
    Set<String> settled = ConcurrentHashMap.newKeySet();
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong looked = new AtomicLong();
    long resyncs;
    PatternLibrary after;
    Watcher watcher = Watcher.open();
    Patterns patterns;
    boolean tiny;
    try (TinyQueue queue = new TinyQueue()) {
      tiny = queue.tiny;
      patterns = Patterns.open(PatternOptions.of(root).watcher(watcher));
    }
    try (watcher;
        patterns) {
      Thread reader =
          Thread.ofPlatform()
              .start(() -> {
                while (!done.get()) {
                  for (LoadedPattern loaded : patterns.library().list()) {
                    looked.incrementAndGet();
                    if (!settled.contains(Scribbler.token(loaded.pattern()))) {
                      wrong.add(loaded.path() + ": " + Scribbler.token(loaded.pattern()));
                    }
                  }
                }
              });
      List<Scribbler> scribblers = new ArrayList<>();
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Scribbler scribbler = new Scribbler(root, i, SEED + i, settled);
        scribblers.add(scribbler);
        writers.add(Thread.ofPlatform().start(() -> scribbler.scribble(EDITS / WRITERS)));
      }
      for (Thread writer : writers) {
        writer.join();
      }
      for (Scribbler scribbler : scribblers) {
        assertThat(scribbler.failure()).as("seed %d", SEED).isNull();
        scribbler.mend();
      }
      assertThat(patterns.live().sync(Duration.ofSeconds(60))).isTrue();
      done.set(true);
      reader.join();
      after = patterns.library();
      resyncs = patterns.live().status().watch().resyncs();
      assertThat(patterns.live().quarantined()).as("seed %d", SEED).isEmpty();
    }
    PatternLibrary fresh;
    try (Patterns again = Patterns.open(PatternOptions.of(root))) {
      fresh = again.library();
    }
    System.getLogger("dev.pirn.checks")
        .log(
            System.Logger.Level.INFO,
            "torture: seed {0}, {1} edits, {2} looks, {3} resyncs, {4} patterns at the end",
            Long.toString(SEED),
            EDITS,
            looked.get(),
            resyncs,
            fresh.size());
    assertThat(wrong).as("seed %d", SEED).isEmpty();
    assertThat(describe(after)).as("seed %d", SEED).isEqualTo(describe(fresh));
    assertThat(after).as("seed %d", SEED).isEqualTo(fresh);
    assertThat(looked.get()).isPositive();
    if (tiny) {
      assertThat(resyncs).as("overflows that were mended").isPositive();
    }
  }

  private static List<String> describe(PatternLibrary library) {
    return library.list().stream()
        .map(loaded -> loaded.path() + " " + Scribbler.token(loaded.pattern()))
        .toList();
  }

  /// Makes the queue of the inotify instances that are opened meanwhile tiny; only root may.
  private static final class TinyQueue implements AutoCloseable {
    private final String before;
    private final boolean tiny;

    TinyQueue() throws IOException {
      before = Files.isReadable(QUEUE) ? Files.readString(QUEUE).strip() : "";
      tiny = !before.isEmpty() && set("64");
    }

    private static boolean set(String value) {
      try {
        Files.writeString(QUEUE, value);
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      if (tiny) {
        // What is below the kernel's default was left behind by a run that was killed.
        set(String.valueOf(Math.max(16_384, Integer.parseInt(before))));
      }
    }
  }
}
