package dev.pirn.server;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// `GET /events` as Server-Sent Events or as an array, and `WS /ws/events`.
final class EventRoutes {
  private static final Set<String> PARAMETERS = Set.of("since", "boot", "type", "follow");
  private static final int MOST_WAITING = 64 * 1024;
  private static final short ONLY_TELLS = 1003;

  private final HttpFront front;
  private final Vertx vertx;
  private final EventLog log;

  EventRoutes(HttpFront front, EventLog log) {
    this.front = front;
    this.vertx = front.vertx();
    this.log = log;
  }

  void register(Routes routes) {
    routes.stream("/api/v1/events", ctx -> events(ctx, routes));
    routes.stream("/api/v1/ws/events", this::socket);
  }

  private void events(RoutingContext ctx, Routes routes) {
    MultiMap query = Queries.read(ctx, PARAMETERS);
    EventFilter filter = filter(query);
    boolean follow = follow(ctx.request(), query);
    String lastEventId = ctx.request().getHeader("Last-Event-ID");
    Position from = Position.of(query.get("since"), query.get("boot"), lastEventId);
    ctx.response().putHeader("Pirn-Boot", log.boot()).putHeader("Cache-Control", "no-store");
    if (follow) {
      stream(ctx.response(), new EventReader(log, filter, from));
    } else {
      Long after = from.after();
      Position start = new Position(after == null ? log.first() - 1 : after, from.boot());
      routes.later(ctx, () -> kept(new EventReader(log, filter, start), log.last()));
    }
  }

  private static EventFilter filter(MultiMap query) {
    String types = query.get("type");
    try {
      return types == null ? EventFilter.ALL : EventFilter.of(types);
    } catch (IllegalArgumentException e) {
      throw Call.bad("type", "globs of types, such as pattern.*", types);
    }
  }

  private static boolean follow(HttpServerRequest request, MultiMap query) {
    String follow = query.get("follow");
    if (follow == null) {
      String accept = request.getHeader("Accept");
      return accept == null
          || !accept.contains("application/json")
          || accept.contains("text/event-stream");
    }
    return switch (follow) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Call.bad("follow", "true or false", follow);
    };
  }

  private static Answer kept(EventReader reader, long upTo) {
    List<EventLog.Entry> found = new ArrayList<>(reader.next());
    while (!reader.isPast(upTo)) {
      found.addAll(reader.next());
    }
    return Answer.text(
        "application/json",
        found.stream().map(EventLog.Entry::json).collect(Collectors.joining(",", "[", "]")));
  }

  private void stream(HttpServerResponse response, EventReader reader) {
    response
        .setChunked(true)
        .setWriteQueueMaxSize(MOST_WAITING)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("X-Accel-Buffering", "no");
    // Tells at once that the stream is there, and a client that reconnects how long to wait.
    response.write("retry: 1000\nevent: hello\ndata: " + hello() + "\n\n");
    EventStream stream = new EventStream(vertx, log, reader, new Lines(response, log));
    response.exceptionHandler(_ -> stream.close());
    response.closeHandler(_ -> stream.close());
  }

  private String hello() {
    return new JsonObject()
        .put("type", "hello")
        .put("boot", log.boot())
        .put("first", log.first())
        .put("seq", log.last())
        .encode();
  }

  private void socket(RoutingContext ctx) {
    MultiMap query = Queries.read(ctx, Set.of("since", "boot", "type"));
    EventFilter filter = filter(query);
    Position from = Position.of(query.get("since"), query.get("boot"), null);
    if (!ctx.request().canUpgradeToWebSocket()) {
      ctx.response().putHeader("Upgrade", "websocket");
      throw new Refused(426, Problems.brokenRequest("this is for WebSockets only"));
    }
    HttpConnection connection = ctx.request().connection();
    ctx.request()
        .toWebSocket()
        .onSuccess(socket -> tell(socket, connection, new EventReader(log, filter, from)))
        .onFailure(_ -> connection.close());
  }

  private void tell(ServerWebSocket socket, HttpConnection connection, EventReader reader) {
    socket.setWriteQueueMaxSize(MOST_WAITING);
    socket.writeTextMessage(hello());
    EventStream stream = new EventStream(vertx, log, reader, new Messages(socket));
    socket.exceptionHandler(_ -> stream.close());
    socket.closeHandler(_ -> {
      stream.close();
      front.closed(connection);
    });
    socket.textMessageHandler(_ -> socket.close(ONLY_TELLS, "this socket only tells"));
    socket.binaryMessageHandler(_ -> socket.close(ONLY_TELLS, "this socket only tells"));
  }

  /// Server-Sent Events.
  private record Lines(HttpServerResponse response, EventLog log) implements EventStream.Outlet {
    @Override
    public boolean full() {
      return response.writeQueueFull();
    }

    @Override
    public void send(EventLog.Entry entry) {
      response.write("id: " + Position.id(log, entry) + "\ndata: " + entry.json() + "\n\n");
    }

    @Override
    public void heartbeat() {
      response.write(": still here\n\n");
    }

    @Override
    public void onDrain(Runnable action) {
      response.drainHandler(_ -> action.run());
    }
  }

  /// Messages of a WebSocket.
  private record Messages(ServerWebSocket socket) implements EventStream.Outlet {
    @Override
    public boolean full() {
      return socket.writeQueueFull();
    }

    @Override
    public void send(EventLog.Entry entry) {
      socket.writeTextMessage(entry.json());
    }

    @Override
    public void heartbeat() {
      socket.writePing(Buffer.buffer());
    }

    @Override
    public void onDrain(Runnable action) {
      socket.drainHandler(_ -> action.run());
    }
  }
}
