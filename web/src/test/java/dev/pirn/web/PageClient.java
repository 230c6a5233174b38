package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A WebSocket as a page has it, that keeps what it is told.
final class PageClient implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final WebSocketClient client;
  private final ClientWebSocket socket;
  private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Short> closed = new CompletableFuture<>();

  private PageClient(WebSocketClient client) {
    this.client = client;
    this.socket = client.webSocket();
    // Before it is connected: the first message may come with the connection.
    socket.textMessageHandler(text -> heard.add(new JsonObject(text)));
    socket.closeHandler(_ -> closed.complete(socket.closeStatusCode()));
    socket.exceptionHandler(_ -> {});
  }

  static PageClient connect(
      Vertx vertx, int port, String path, @Nullable String origin, String... protocols) {
    WebSocketClient client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(5_000)
                .setMaxFrameSize(1 << 20)
                .setMaxMessageSize(1 << 24));
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
    if (origin != null) {
      options.putHeader("Origin", origin);
    }
    for (String protocol : protocols) {
      options.addSubProtocol(protocol);
    }
    PageClient page = new PageClient(client);
    WebServer.await(page.socket.connect(options));
    return page;
  }

  /// One that speaks the plan protocol, from a page of the server itself.
  static PageClient page(WebServer server) {
    return connect(
        server.vertx(), server.port(), "/ws/hotreload", server.url(), LiveWeb.SUBPROTOCOL);
  }

  /// One that speaks the seed's.
  static PageClient seed(WebServer server) {
    return connect(server.vertx(), server.port(), "/ws/hotreload", server.url());
  }

  /// The status with which a connection is refused.
  static int refusal(WebServer server, String path, @Nullable String origin) {
    try (PageClient _ = connect(server.vertx(), server.port(), path, origin)) {
      return 101;
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof ExecutionException failed
          && failed.getCause() instanceof UpgradeRejectedException refused) {
        return refused.getStatus();
      }
      throw e;
    }
  }

  void say(JsonObject message) {
    say(message.encode());
  }

  void say(String text) {
    var _ = socket.writeTextMessage(text);
  }

  /// Says hi as a page does.
  JsonObject hi(@Nullable String key, @Nullable String epoch, @Nullable Long since) {
    return hi(key, epoch, since, new JsonObject());
  }

  JsonObject hi(
      @Nullable String key, @Nullable String epoch, @Nullable Long since, JsonObject have) {
    say(
        new JsonObject()
            .put("t", "hi")
            .put("key", key)
            .put("epoch", epoch)
            .put("since", since)
            .put("have", have)
            .put("page", "/"));
    return next("hi");
  }

  /// The next message.
  JsonObject next() {
    try {
      JsonObject message = heard.poll(LONG.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(message).as("something is heard within %s", LONG).isNotNull();
      return message;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The next message of a kind; others are passed over.
  JsonObject next(String type) {
    return next(message -> type.equals(message.getString("t")));
  }

  JsonObject next(Predicate<JsonObject> wanted) {
    while (true) {
      JsonObject message = next();
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  /// All messages up to one, which is among them.
  List<JsonObject> until(Predicate<JsonObject> last) {
    List<JsonObject> all = new ArrayList<>();
    do {
      all.add(next());
    } while (!last.test(all.getLast()));
    return all;
  }

  /// What has been heard, and not asked for.
  int waiting() {
    return heard.size();
  }

  /// Takes nothing any more.
  void pause() {
    socket.pause();
  }

  void resume() {
    socket.resume();
  }

  ClientWebSocket socket() {
    return socket;
  }

  /// The code with which it is closed by the server.
  short closeCode() {
    try {
      return closed.get(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("it is not closed", e);
    }
  }

  @Override
  public void close() {
    WebServer.await(client.close());
  }
}
