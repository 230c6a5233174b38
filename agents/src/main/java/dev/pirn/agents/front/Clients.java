package dev.pirn.agents.front;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All connections of clients, and how many there may be. Confined to the front's event loop.
final class Clients {
  private final Vertx vertx;
  private final int most;
  private final long patienceNanos;
  private final Map<HttpConnection, Client> connected = new HashMap<>();

  Clients(Vertx vertx, FrontOptions options) {
    this.vertx = vertx;
    this.most = options.mostConnections();
    this.patienceNanos = options.clientPatience().toNanos();
  }

  void add(HttpConnection connection) {
    if (connected.size() >= most) {
      connection.close();
      return;
    }
    connected.put(connection, new Client(vertx, connection, patienceNanos));
    // What breaks is told by the request that it concerns.
    connection.exceptionHandler(_ -> {});
    connection.closeHandler(_ -> remove(connection));
  }

  /// It is closed, or became a WebSocket, of whose end nobody else hears.
  void remove(HttpConnection connection) {
    Client client = connected.remove(connection);
    if (client != null) {
      client.gone();
    }
  }

  /// The client, or null if its connection is being closed.
  @Nullable Client get(HttpConnection connection) {
    return connected.get(connection);
  }
}
