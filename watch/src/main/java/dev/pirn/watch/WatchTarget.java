package dev.pirn.watch;

import org.jspecify.annotations.Nullable;

/// What a watch's events are for.
interface WatchTarget {
  /// One event; see [RawEvent.Sink#event].
  void event(int mask, int cookie, @Nullable String name);

  /// The watch has ended with its folder.
  void ended();
}
