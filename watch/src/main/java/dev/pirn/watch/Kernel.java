package dev.pirn.watch;

import java.nio.file.Path;

/// The part of an operating system that reports events, narrow enough to be simulated.
///
/// One thread, the reader, calls everything but [#wake] and [#quiet], which any thread may call.
interface Kernel extends AutoCloseable {
  /// How this kernel notices changes.
  Backend backend();

  /// Watches a folder for what happens in it, or only for what happens to it, and gives a number
  /// that its events carry. A folder that is watched already keeps its number and gains the wider
  /// of the two.
  ///
  /// @throws WatchRefused when it cannot be watched
  int watch(Path folder, boolean children) throws WatchRefused;

  /// Ends a watch. Events that are queued for it may still come.
  void unwatch(int number);

  /// Waits until something is queued, [#wake] is called, or so many nanoseconds have passed.
  void await(long nanos);

  /// Hands over what is queued now, without waiting for more.
  void drain(RawEvent.Sink sink);

  /// Ends the present or the next [#await].
  void wake();

  /// Whether nothing is queued.
  boolean quiet();

  @Override
  void close();
}
