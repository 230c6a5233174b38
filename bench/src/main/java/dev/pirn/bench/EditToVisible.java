package dev.pirn.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// From `close(2)` in another process to the callback, for Pirn and its peers in turn.
///
/// A peer that tells of the write before the file is closed counts as early: its value is negative
/// or belongs to a file that is not complete, and the number of such edits is in the note.
final class EditToVisible {
  private static final long PATIENCE = 5_000_000_000L;

  private final Library library;

  EditToVisible(Library library) {
    this.library = library;
  }

  /// Measures every subject with this pause between two edits, in a process that is hardly warm.
  List<String> run(int edits, long pauseMillis) throws Exception {
    List<String> rows = new ArrayList<>();
    for (Subject subject : Subjects.all()) {
      rows.add(measure(subject, Math.max(20, edits / 10), edits, pauseMillis));
    }
    return rows;
  }

  /// Measures Pirn after so many edits, when the JIT compilers have done their work.
  List<String> warm(int before, int edits, long pauseMillis) throws Exception {
    return List.of(measure(Subjects.pirn(), before, edits, pauseMillis));
  }

  private String measure(Subject subject, int warmUp, int edits, long pauseMillis)
      throws Exception {
    AtomicLong first = new AtomicLong();
    AtomicInteger calls = new AtomicInteger();
    double[] millis = new double[edits];
    int lost = 0;
    int early = 0;
    int measured = 0;
    try (AutoCloseable _ =
            subject.start(
                library.folder(),
                library.edited(),
                time -> {
                  calls.incrementAndGet();
                  first.compareAndSet(0, time);
                });
        OtherProcess writer = new OtherProcess(library.edited())) {
      for (int i = -warmUp; i < edits; i++) {
        first.set(0);
        if (i == 0) {
          calls.set(0);
        }
        long closed = writer.order("save " + (i + warmUp + 1));
        long limit = System.nanoTime() + PATIENCE;
        while (first.get() == 0 && System.nanoTime() < limit) {
          LockSupport.parkNanos(20_000);
        }
        if (i >= 0) {
          if (first.get() == 0) {
            lost++;
          } else {
            millis[measured++] = (first.get() - closed) / 1e6;
            early += first.get() < closed ? 1 : 0;
          }
        }
        LockSupport.parkNanos(pauseMillis * 1_000_000);
      }
    } catch (IOException e) {
      return subject.name() + " failed: " + e.getMessage();
    }
    double[] values = java.util.Arrays.copyOf(millis, Math.max(1, measured));
    return Sample.row(
        "%s, %d ms apart, after %d".formatted(subject.name(), pauseMillis, warmUp),
        Sample.of(values),
        "ms",
        "lost %d, early %d, callbacks an edit %.2f"
            .formatted(lost, early, calls.get() / (double) edits));
  }
}
