package dev.pirn.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All connections of those who follow the files.
///
/// **Threading.** Sockets are opened on their event loops; everything else by any thread.
final class Sockets implements PageConnection.Rooms {
  private static final short GOING_AWAY = 1001;

  private final Vertx vertx;
  private final Path base;
  private final Origins origins;
  private final String epoch;
  private final byte[] token;
  private final JsonObject options;
  private final Timeline timeline;
  private final Supplier<Standing> standing;
  private final Supplier<List<String>> greeting;
  private final Consumer<PageEvent> events;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong numbers = new AtomicLong();

  /// @param base what files are named relative to
  /// @param standing what connections are told of
  /// @param greeting the messages that a page is told when it comes
  /// @param events is told what modules of pages send
  Sockets(
      Vertx vertx,
      Path base,
      Origins origins,
      String epoch,
      String token,
      JsonObject options,
      Timeline timeline,
      Supplier<Standing> standing,
      Supplier<List<String>> greeting,
      Consumer<PageEvent> events) {
    this.vertx = vertx;
    this.base = base;
    this.origins = origins;
    this.epoch = epoch;
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.options = options;
    this.timeline = timeline;
    this.standing = standing;
    this.greeting = greeting;
    this.events = events;
  }

  /// Lets in who speaks the plan protocol, or the seed's.
  void page(HttpServerRequest request) {
    accept(
        request,
        socket ->
            LiveWeb.SUBPROTOCOL.equals(socket.subProtocol())
                ? new PageConnection(vertx, socket, standing, this, "p" + numbers.incrementAndGet())
                : new SeedConnection(vertx, socket, standing, base));
  }

  /// Lets in who speaks LiveReload.
  void liveReload(HttpServerRequest request) {
    accept(request, socket -> new LiveReloadConnection(vertx, socket, standing));
  }

  private void accept(HttpServerRequest request, Function<ServerWebSocket, Connection> maker) {
    if (!origins.allowed(request)) {
      String origin = String.join(", ", request.headers().getAll("Origin"));
      Problems.refuse(request, 403, Problems.foreignPage(origin));
    } else if (!request.canUpgradeToWebSocket()) {
      request.response().putHeader("Upgrade", "websocket");
      Problems.refuse(request, 426, Problems.notASocket());
    } else if (open.incrementAndGet() > LiveWeb.MOST_CONNECTIONS) {
      open.decrementAndGet();
      Problems.refuse(request, 503, Problems.tooMany(LiveWeb.MOST_CONNECTIONS));
    } else {
      request
          .toWebSocket()
          .onSuccess(socket -> opened(socket, maker.apply(socket)))
          .onFailure(_ -> open.decrementAndGet());
    }
  }

  private void opened(ServerWebSocket socket, Connection connection) {
    connections.add(connection);
    socket.exceptionHandler(_ -> {});
    socket.closeHandler(_ -> {
      if (connections.remove(connection)) {
        open.decrementAndGet();
      }
      connection.gone();
    });
    // What has happened while it was not among them.
    connection.wake();
  }

  /// How many there are.
  int count() {
    return connections.size();
  }

  /// There may be something new.
  void wake() {
    connections.forEach(Connection::wake);
  }

  /// Tells all pages something.
  void tell(String message) {
    for (Connection connection : connections) {
      if (connection instanceof PageConnection page && page.greeted()) {
        page.send(message);
      }
    }
  }

  /// Shows a message in all pages of LiveReload's clients.
  void alert(String message) {
    for (Connection connection : connections) {
      if (connection instanceof LiveReloadConnection client) {
        client.alert(message);
      }
    }
  }

  void close() {
    for (Connection connection : connections) {
      var _ = connection.socket.close(GOING_AWAY, "the server ends");
    }
  }

  /// The pages that are connected.
  List<JsonObject> pages() {
    return connections.stream()
        .filter(PageConnection.class::isInstance)
        .map(PageConnection.class::cast)
        .map(page -> new JsonObject().put("id", page.id()).put("url", page.page()))
        .toList();
  }

  // ---- what pages ask for

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public JsonObject options() {
    return options;
  }

  @Override
  public boolean isToken(@Nullable String key) {
    return key != null && MessageDigest.isEqual(token, key.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void greet(PageConnection page) {
    greeting.get().forEach(page::send);
  }

  @Override
  public void done(long seq, Timeline.Outcome outcome) {
    timeline.done(seq, outcome);
  }

  @Override
  public void event(PageEvent event) {
    events.accept(event);
  }

  @Override
  public void sync(PageConnection from, String message) {
    if (!options.getBoolean("sync")) {
      return;
    }
    for (Connection connection : connections) {
      if (connection != from
          && connection instanceof PageConnection page
          && page.trusted()
          && page.page().equals(from.page())
          && !page.full()) {
        page.send(message);
      }
    }
  }
}
