package dev.pirn.server;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;

/// Sends events to one client as they come.
///
/// Nothing is kept for the client but its position in the log: while its connection takes no more,
/// nothing is read for it, and if it falls behind what the log keeps it is told to resync. One that
/// takes nothing for a minute is disconnected by the server's idle timeout.
///
/// **Threading.** All of it on the client's event loop, but for the waking by the log.
final class EventStream {
  /// How often a client that is not told anything is told that the server is there.
  static final long HEARTBEAT_MILLIS = 15_000;

  private final Context context;
  private final Vertx vertx;
  private final EventReader reader;
  private final Outlet outlet;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Runnable unsubscribe;
  private final long heartbeat;
  private boolean closed;

  /// A connection to a client.
  interface Outlet {
    /// Whether it takes no more at present.
    boolean full();

    void send(EventLog.Entry entry);

    void heartbeat();

    /// Calls something once when it takes more again.
    void onDrain(Runnable action);
  }

  EventStream(Vertx vertx, EventLog log, EventReader reader, Outlet outlet) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.reader = reader;
    this.outlet = outlet;
    this.unsubscribe = log.onAppend(this::wake);
    this.heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, _ -> beat());
    pump();
  }

  private void wake() {
    if (!woken.getAndSet(true)) {
      context.runOnContext(_ -> pump());
    }
  }

  private void pump() {
    woken.set(false);
    while (!closed) {
      if (outlet.full()) {
        outlet.onDrain(this::pump);
        return;
      }
      var entries = reader.next();
      if (entries.isEmpty()) {
        return;
      }
      entries.forEach(outlet::send);
    }
  }

  private void beat() {
    if (!outlet.full()) {
      outlet.heartbeat();
    }
  }

  /// The client is gone.
  void close() {
    if (!closed) {
      closed = true;
      unsubscribe.run();
      vertx.cancelTimer(heartbeat);
    }
  }
}
