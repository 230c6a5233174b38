package dev.pirn.live;

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
  private final Deque<HistoryEntry> entries = new ArrayDeque<>();
  private final Deque<Kept<F, T>> values = new ArrayDeque<>();

  record Kept<F, T>(State<F> state, Snapshot<T> snapshot) {}

  History(int keep) {
    this.keep = keep;
  }

  void published(State<F> state, Reload.Applied<T> outcome) {
    values.addFirst(new Kept<>(state, outcome.snapshot()));
    if (values.size() > keep) {
      values.removeLast();
    }
    enter(outcome, true, outcome.snapshot().time());
  }

  void refused(Reload.Rejected<T> outcome) {
    enter(outcome, false, Instant.now());
  }

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

  @Nullable Kept<F, T> kept(long generation) {
    return values.stream()
        .filter(kept -> kept.snapshot.generation() == generation)
        .findFirst()
        .orElse(null);
  }

  /// The generations that are kept, for people: `3 to 8`.
  String range() {
    return values.getLast().snapshot.generation()
        + " to "
        + values.getFirst().snapshot.generation();
  }

  /// Newest first.
  List<HistoryEntry> entries() {
    return List.copyOf(entries);
  }
}
