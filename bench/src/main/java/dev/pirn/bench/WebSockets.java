package dev.pirn.bench;

import dev.pirn.web.LiveWeb;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Connections of this process to a server of pages, that speak the plan protocol as pages do, and
/// only listen.
final class WebSockets implements AutoCloseable {
  private static final long SECONDS = 30;

  /// So many are opened at a time: more would wait in the server's queue.
  private static final int AT_ONCE = 100;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final int connections;
  private int greeted;
  private long seq;
  private int told;
  private long last;

  WebSockets(int port, int connections) throws IOException, InterruptedException {
    this.connections = connections;
    WebSocketClient client =
        vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(connections));
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI("/ws/hotreload")
            .addSubProtocol(LiveWeb.SUBPROTOCOL);
    try {
      for (int left = connections; left > 0; left -= AT_ONCE) {
        List<Future<WebSocket>> opening = new ArrayList<>();
        for (int i = 0; i < Math.min(left, AT_ONCE); i++) {
          opening.add(client.connect(options).onSuccess(this::greet));
        }
        await(Future.all(opening));
      }
      awaitGreeted();
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private static void await(Future<?> future) throws IOException {
    try {
      var _ =
          future
              .toCompletionStage()
              .toCompletableFuture()
              .orTimeout(SECONDS, TimeUnit.SECONDS)
              .join();
    } catch (CompletionException e) {
      throw new IOException("connections failed: " + e.getCause(), e);
    }
  }

  private void greet(WebSocket socket) {
    socket.textMessageHandler(text -> heard(new JsonObject(text)));
    var _ =
        socket.writeTextMessage(
            new JsonObject().put("t", "hi").put("since", null).put("page", "/").encode());
  }

  private synchronized void heard(JsonObject message) {
    switch (message.getString("t")) {
      case "hi" -> greeted++;
      case "plan" -> plan(message.getLong("seq"));
      default -> {
        return;
      }
    }
    notifyAll();
  }

  private void plan(long number) {
    if (number > seq) {
      seq = number;
      told = 0;
    }
    if (++told == connections) {
      last = System.nanoTime();
    }
  }

  private synchronized void awaitGreeted() throws IOException, InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (greeted < connections) {
      if (System.nanoTime() > limit) {
        throw new IOException("%d of %d connections are greeted".formatted(greeted, connections));
      }
      wait(100);
    }
  }

  /// The number of the newest plan that any of them has.
  synchronized long seq() {
    return seq;
  }

  /// When the last of them had a plan that is newer than this number; 0 if not all have within the
  /// time.
  synchronized long await(long before, Duration patience) throws InterruptedException {
    long limit = System.nanoTime() + patience.toNanos();
    while (seq <= before || told < connections) {
      long left = (limit - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return 0;
      }
      wait(left);
    }
    return last;
  }

  @Override
  public void close() throws IOException {
    await(vertx.close());
  }
}
