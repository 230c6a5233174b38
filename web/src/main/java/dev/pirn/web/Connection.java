package dev.pirn.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.function.Supplier;

/// A WebSocket through which somebody follows the files.
///
/// **Threading.** All of it on the socket's event loop, but for [#wake] and [#send].
abstract class Connection implements Follower.Outlet {
  /// How often a connection is asked whether it is still there. One that does not answer is closed
  /// by the server's idle timeout.
  private static final long PING_MILLIS = 15_000;

  private static final int MOST_WAITING = 256 * 1024;

  final ServerWebSocket socket;
  final Follower follower;
  private final Vertx vertx;
  private final long ping;

  Connection(Vertx vertx, ServerWebSocket socket, Supplier<Standing> standing) {
    this.vertx = vertx;
    this.socket = socket;
    this.follower = new Follower(vertx, standing, this);
    socket.setWriteQueueMaxSize(MOST_WAITING);
    this.ping = vertx.setPeriodic(PING_MILLIS, _ -> ping());
  }

  private void ping() {
    if (!full()) {
      socket.writePing(Buffer.buffer());
    }
  }

  /// There may be something new.
  final void wake() {
    follower.wake();
  }

  /// Sends a message. May be called by any thread.
  final void send(String message) {
    try {
      var _ = socket.writeTextMessage(message);
    } catch (IllegalStateException e) {
      // It has been closed meanwhile.
    }
  }

  @Override
  public final boolean full() {
    try {
      return socket.writeQueueFull();
    } catch (IllegalStateException e) {
      // It has been closed meanwhile, and takes nothing.
      return true;
    }
  }

  @Override
  public final void onDrain(Runnable action) {
    if (!socket.isClosed()) {
      socket.drainHandler(_ -> action.run());
    }
  }

  /// It is gone.
  final void gone() {
    follower.close();
    vertx.cancelTimer(ping);
  }
}
