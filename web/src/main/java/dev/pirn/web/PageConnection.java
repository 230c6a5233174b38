package dev.pirn.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Speaks the plan protocol with one page.
///
/// What a page says is one of a few things, none of which reads a file or runs anything. What has
/// an effect on others is only heard from pages that know the token.
final class PageConnection extends Connection {
  /// More messages than this in a second are not from a page of ours.
  static final int MOST_MESSAGES = 500;

  private static final short BAD_MESSAGE = 1008;
  private static final int MOST_TEXT = 500;

  private final Rooms rooms;
  private final Supplier<Standing> standing;
  private final String id;
  private volatile boolean greeted;
  private volatile boolean trusted;
  private long second;
  private int messages;
  private volatile String page = "";

  PageConnection(
      Vertx vertx, ServerWebSocket socket, Supplier<Standing> standing, Rooms rooms, String id) {
    super(vertx, socket, standing);
    this.rooms = rooms;
    this.standing = standing;
    this.id = id;
    socket.textMessageHandler(this::heard);
    socket.binaryMessageHandler(_ -> refuse("only text is understood"));
  }

  private void heard(String message) {
    long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    if (now != second) {
      second = now;
      messages = 0;
    }
    if (++messages > MOST_MESSAGES) {
      refuse("too many messages");
      return;
    }
    try {
      heard(new JsonObject(message));
    } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
      refuse("not a message of the plan protocol");
    }
  }

  private void heard(JsonObject message) {
    String type = text(message, "t");
    if (!greeted && !type.equals("hi")) {
      throw new IllegalArgumentException("says no hi");
    }
    switch (type) {
      case "hi" -> hi(message);
      case "have" -> have(message.getJsonArray("urls", new JsonArray()));
      case "ack" -> ack(message);
      case "sync" -> sync(message.getJsonObject("e", new JsonObject()));
      case "event" -> event(message);
      case "ping" -> send(new JsonObject().put("t", "pong").encode());
      default -> throw new IllegalArgumentException("unknown: " + type);
    }
  }

  private void hi(JsonObject message) {
    page = text(message, "page");
    trusted = rooms.isToken(text(message, "key"));
    Standing now = standing.get();
    send(
        new JsonObject()
            .put("t", "hi")
            .put("epoch", rooms.epoch())
            .put("seq", now.seq())
            .put("id", id)
            .put("trusted", trusted)
            .put("options", rooms.options())
            .encode());
    if (!greeted) {
      greeted = true;
      catchUp(message, now);
    }
    rooms.greet(this);
  }

  private void catchUp(JsonObject message, Standing now) {
    Long since = message.getLong("since");
    if (rooms.epoch().equals(message.getValue("epoch")) && since != null) {
      follower.begin(since);
      return;
    }
    Map<String, String> have = new LinkedHashMap<>();
    message
        .getJsonObject("have", new JsonObject())
        .forEach(entry -> have.put(entry.getKey(), String.valueOf(entry.getValue())));
    Plan difference = now.difference(have);
    if (!difference.isEmpty()) {
      send(difference.json().encode());
    }
    follower.begin(now.seq());
  }

  private void have(JsonArray urls) {
    JsonObject digests = new JsonObject();
    Tree tree = standing.get().tree();
    for (Object url : urls) {
      var part = tree.get(String.valueOf(url));
      if (part != null) {
        digests.put(part.value().url(), part.digest());
      }
    }
    send(new JsonObject().put("t", "have").put("files", digests).encode());
  }

  private void ack(JsonObject message) {
    if (trusted) {
      rooms.done(
          message.getLong("seq", 0L),
          new Timeline.Outcome(
              id,
              text(message, "url"),
              text(message, "how"),
              message.getDouble("ms", 0.0),
              text(message, "why")));
    }
  }

  private void sync(JsonObject what) {
    if (trusted) {
      rooms.sync(this, new JsonObject().put("t", "sync").put("from", id).put("e", what).encode());
    }
  }

  private void event(JsonObject message) {
    if (trusted) {
      rooms.event(new PageEvent(id, page, text(message, "event"), message.getValue("data")));
    }
  }

  private static String text(JsonObject message, String key) {
    Object value = message.getValue(key);
    String text = value == null ? "" : value.toString();
    return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
  }

  private void refuse(String why) {
    var _ = socket.close(BAD_MESSAGE, why);
  }

  /// The path of the page.
  String page() {
    return page;
  }

  /// Its number.
  String id() {
    return id;
  }

  /// Whether it has said hi.
  boolean greeted() {
    return greeted;
  }

  /// Whether it has said hi, and knew the token.
  boolean trusted() {
    return trusted;
  }

  @Override
  public void tell(Standing standing, long since) {
    Standing.Told told = standing.told(since);
    if (!told.plan().isEmpty()) {
      send(told.text());
    }
  }

  /// What connections have in common.
  interface Rooms {
    /// Identifies this process's tree.
    String epoch();

    /// What pages have to know of how things are set.
    JsonObject options();

    /// Whether it is what only pages of ours know; takes the same time however much of it is right.
    boolean isToken(@Nullable String key);

    /// Tells a page that has just come what is wrong, and how the tests are.
    void greet(PageConnection page);

    /// A page has done something with a plan.
    void done(long seq, Timeline.Outcome outcome);

    /// A module of a page has sent something.
    void event(PageEvent event);

    /// What was done in a page is to be done in the others on its path.
    void sync(PageConnection from, String message);
  }
}
