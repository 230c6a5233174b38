package dev.pirn.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last reloads, and the last values with all that is needed to put them in force again. Both
/// are bounded, each for itself, so that many refusals do not push out the way back.
final class History<F, T> {
  private final int keep;

  @GuardedBy("this")
  private final Deque<HistoryEntry> entries = new ArrayDeque<>();

  @GuardedBy("this")
  private final Deque<Kept<F, T>> values = new ArrayDeque<>();

  /// A value that may come into force again.
  ///
  /// @param state its files
  /// @param snapshot the value
  /// @param said what was said of the whole
  record Kept<F, T>(State<F> state, Snapshot<T> snapshot, List<Diagnostic> said) {}

  History(int keep) {
    this.keep = keep;
  }

  synchronized void published(Kept<F, T> kept, Reload.Applied<T> outcome) {
    values.addFirst(kept);
    if (values.size() > keep) {
      values.removeLast();
    }
    enter(outcome, true, outcome.snapshot().time());
  }

  synchronized void refused(Reload.Rejected<T> outcome) {
    enter(outcome, false, Instant.now());
  }

  @GuardedBy("this")
  private void enter(Reload<T> outcome, boolean applied, Instant time) {
    entries.addFirst(
        new HistoryEntry(
            outcome.snapshot().generation(),
            time,
            outcome.trigger(),
            applied,
            outcome.snapshot().digest(),
            outcome.changes().stream().<Path>map(change -> change.path()).toList(),
            outcome.diagnostics()));
    if (entries.size() > keep) {
      entries.removeLast();
    }
  }

  synchronized @Nullable Kept<F, T> kept(long generation) {
    return values.stream()
        .filter(kept -> kept.snapshot.generation() == generation)
        .findFirst()
        .orElse(null);
  }

  /// The generations that are kept, for people: `3 to 8`.
  synchronized String range() {
    return values.getLast().snapshot.generation()
        + " to "
        + values.getFirst().snapshot.generation();
  }

  /// Newest first.
  synchronized List<HistoryEntry> entries() {
    return List.copyOf(entries);
  }
}
