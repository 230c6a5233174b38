package dev.pirn.live;

import dev.pirn.watch.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What one reload of a source leaves to the next. Guarded by the lock of [Pipeline], except for
/// [#now], which any thread reads.
///
/// @param <F> the type of a decoded file
/// @param <T> the type of the value
final class Ledger<F, T> {
  final History<F, T> history;

  /// Each file's content as it was last looked at, good or bad: the digest of its bytes, or why
  /// there are none.
  final Map<Path, String> seen = new HashMap<>();

  /// Files whose present content is good and yet not in force, because the whole was refused.
  final Set<Path> heldBack = new LinkedHashSet<>();

  /// Files that were being written when they were read. The watch tells of them again.
  final Set<Path> doubtful = new LinkedHashSet<>();

  /// What the watch told of before the source was open.
  final Set<Path> early = new LinkedHashSet<>();

  /// How what is in force wants its files to be followed.
  Following following = Following.AT_ONCE;

  /// Written once, under the lock; the watch's thread reads it without.
  volatile @Nullable Watch watch;

  private volatile Standing<F, T> now;
  private volatile boolean closed;

  Ledger(List<Path> roots, int keep) {
    this.now = Standing.nothing(roots);
    this.history = new History<>(keep);
  }

  Standing<F, T> now() {
    return now;
  }

  /// Puts the next standing in place, unless the source has been closed.
  ///
  /// @return whether it is in place
  synchronized boolean put(Standing<F, T> next) {
    if (!closed) {
      now = next;
    }
    return !closed;
  }

  /// From now on nothing is put in place.
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  boolean closed() {
    return closed;
  }

  /// Lets some time pass, unless the source is closed meanwhile.
  synchronized void awaitClose(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    boolean interrupted = false;
    for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
