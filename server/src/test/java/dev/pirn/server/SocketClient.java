package dev.pirn.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A client that listens at a WebSocket.
final class SocketClient implements AutoCloseable {
  private static final int SECONDS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Short> closed = new CompletableFuture<>();

  /// Connects.
  ///
  /// @throws UpgradeRejectedException if it is not let in
  static SocketClient open(Server server, String path) throws Exception {
    SocketClient client = new SocketClient();
    try {
      client.connect(URI.create(server.url()), path);
      return client;
    } catch (ExecutionException e) {
      client.close();
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /// The status with which a socket is refused.
  static int refused(Server server, String path) throws Exception {
    try (SocketClient _ = open(server, path)) {
      throw new IllegalStateException(path + " took a socket");
    } catch (UpgradeRejectedException e) {
      return e.getStatus();
    }
  }

  /// The status with which a request for a socket is answered: 101 if it is let in.
  static int status(WebSocketClient client, WebSocketConnectOptions options) {
    try {
      wait(client.connect(options));
      return 101;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UpgradeRejectedException refused) {
        return refused.getStatus();
      }
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void connect(URI url, String path) throws Exception {
    WebSocketClient sockets = vertx.createWebSocketClient();
    var socket = sockets.webSocket();
    socket.textMessageHandler(messages::add);
    socket.closeHandler(
        _ -> closed.complete(Objects.requireNonNullElse(socket.closeStatusCode(), (short) -1)));
    Future<WebSocket> connected =
        socket.connect(
            new WebSocketConnectOptions()
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI(path));
    wait(connected);
  }

  private static <T> T wait(Future<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  /// The next message.
  String next() throws InterruptedException {
    return Objects.requireNonNull(messages.poll(SECONDS, TimeUnit.SECONDS), "no message came");
  }

  /// Waits until the server closes it.
  ///
  /// @return the code
  int closed() throws Exception {
    return closed.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
