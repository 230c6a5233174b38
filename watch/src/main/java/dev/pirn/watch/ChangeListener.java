package dev.pirn.watch;

/// Is told what changed.
///
/// Both methods are called on the subscription's own thread (`pirn-watch-NAME`), one call at a
/// time, under no lock. A listener may block: it delays only its own subscription, for which
/// further changes are merged, one entry a path, and never dropped. It may close its [Watch]. What
/// it throws is logged and kept as [WatchState#listenerFailure]; the next change set comes all the
/// same.
@FunctionalInterface
public interface ChangeListener {
  /// Something changed and settled.
  void onChange(ChangeSet changes);

  /// What the watch can see has changed: a problem came or went, or it had to compare the disk with
  /// what it knew because the system had lost events.
  default void onState(WatchState state) {}
}
