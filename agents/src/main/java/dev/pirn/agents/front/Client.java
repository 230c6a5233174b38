package dev.pirn.agents.front;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;

/// The connection of a client. One that has the next move and makes none for too long is
/// disconnected; how long an agent takes is no concern of this.
///
/// **Threading.** Confined to the front's event loop.
final class Client {
  private static final long LET_SEND_MILLIS = 5_000;

  private final Vertx vertx;
  private final HttpConnection connection;
  private final long patienceNanos;

  private long since = System.nanoTime();
  private boolean itsTurn = true;
  private boolean last;
  private long timer;

  Client(Vertx vertx, HttpConnection connection, long patienceNanos) {
    this.vertx = vertx;
    this.connection = connection;
    this.patienceNanos = patienceNanos;
    look(patienceNanos);
  }

  /// One timer for a connection, however many requests it carries.
  private void look(long nanos) {
    timer =
        vertx.setTimer(
            Math.max(1, nanos / 1_000_000),
            _ -> {
              long quiet = itsTurn ? System.nanoTime() - since : 0;
              if (quiet >= patienceNanos) {
                connection.close();
              } else {
                look(patienceNanos - quiet);
              }
            });
  }

  /// It is to send or to take something; or it has done so, and is to go on.
  void itsTurn() {
    itsTurn = true;
    since = System.nanoTime();
  }

  /// It has to wait.
  void ourTurn() {
    itsTurn = false;
  }

  /// What it sends after the present request is not read as a request any more.
  void lastRequest() {
    last = true;
  }

  /// Whether what it sends is still read as requests.
  boolean open() {
    return !last;
  }

  /// All of an answer has been written.
  void answered(HttpServerRequest request) {
    if (!last) {
      return;
    }
    if (request.isEnded()) {
      connection.close();
      return;
    }
    // One that is cut off while it still sends may never see the answer.
    request.handler(_ -> {});
    request.endHandler(_ -> connection.close());
    request.resume();
    vertx.setTimer(LET_SEND_MILLIS, _ -> connection.close());
  }

  void gone() {
    vertx.cancelTimer(timer);
  }
}
