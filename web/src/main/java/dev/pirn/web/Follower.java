package dev.pirn.web;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Tells one connection what has changed, when it takes it.
///
/// Nothing is kept for a connection but the `seq` up to which it has been told. While it takes no
/// more, or has been told something a moment ago, nothing is made for it; then it gets everything
/// since, as one.
///
/// **Threading.** All of it on the connection's event loop, but for [#wake].
final class Follower {
  /// After it has been told something, a connection is left alone for so long, as a change of many
  /// files goes on. The first one of a quiet time is told at once.
  static final long PAUSE_MILLIS = 10;

  private final Vertx vertx;
  private final Context context;
  private final Supplier<Standing> standing;
  private final Outlet outlet;
  private final AtomicBoolean woken = new AtomicBoolean();
  private long told;
  private long toldAt;
  private boolean begun;
  private boolean waiting;
  private boolean closed;

  /// A connection.
  interface Outlet {
    /// Whether it takes no more at present.
    boolean full();

    /// Calls something once when it takes more again.
    void onDrain(Runnable action);

    /// Tells it what is new.
    ///
    /// @param since up to where it has been told
    void tell(Standing standing, long since);
  }

  Follower(Vertx vertx, Supplier<Standing> standing, Outlet outlet) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.standing = standing;
    this.outlet = outlet;
    this.toldAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
  }

  /// Tells everything after a `seq`, from now on.
  void begin(long since) {
    told = since;
    begun = true;
    pump();
  }

  /// There may be something new.
  void wake() {
    if (!woken.getAndSet(true)) {
      context.runOnContext(_ -> {
        woken.set(false);
        pump();
      });
    }
  }

  private void pump() {
    if (closed || !begun || waiting) {
      return;
    }
    Standing now = standing.get();
    if (now.seq() <= told) {
      return;
    }
    if (outlet.full()) {
      outlet.onDrain(this::pump);
      return;
    }
    long left = PAUSE_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - toldAt);
    if (left > 0) {
      waiting = true;
      vertx.setTimer(
          left,
          _ -> {
            waiting = false;
            pump();
          });
      return;
    }
    outlet.tell(now, told);
    told = now.seq();
    toldAt = System.nanoTime();
  }

  /// The connection is gone.
  void close() {
    closed = true;
  }
}
