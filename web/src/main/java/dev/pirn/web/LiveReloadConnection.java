package dev.pirn.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/// Speaks protocol 7 of LiveReload, for its extensions and clients: a stylesheet or an image is
/// exchanged in the page, for anything else the page is loaded anew, once.
final class LiveReloadConnection extends Connection {
  private static final String PROTOCOL = "http://livereload.com/protocols/official-7";
  private static final short PROTOCOL_ERROR = 1002;

  private boolean greeted;

  LiveReloadConnection(Vertx vertx, ServerWebSocket socket, Supplier<Standing> standing) {
    super(vertx, socket, standing);
    socket.textMessageHandler(message -> heard(message, standing));
    socket.binaryMessageHandler(_ -> refuse());
  }

  private void heard(String message, Supplier<Standing> standing) {
    JsonObject json;
    try {
      json = new JsonObject(message);
    } catch (DecodeException e) {
      refuse();
      return;
    }
    if ("hello".equals(json.getValue("command")) && !greeted) {
      greeted = true;
      send(
          new JsonObject()
              .put("command", "hello")
              .put("protocols", new JsonArray().add(PROTOCOL))
              .put("serverName", "Pirn")
              .encode());
      follower.begin(standing.get().seq());
    }
  }

  private void refuse() {
    var _ = socket.close(PROTOCOL_ERROR, "not LiveReload 7");
  }

  @Override
  public void tell(Standing standing, long since) {
    Plan plan = standing.plan(since);
    boolean reload = plan.reload() != null;
    String first = "/";
    for (Plan.File file : plan.files()) {
      boolean there = file.operation() != Plan.Operation.DELETED;
      switch (file.kind()) {
        case CSS, IMG -> {
          if (there) {
            send(reload(file.url(), file.kind()));
          }
        }
        case JS, HTML, FONT, MD, DATA, OTHER -> {
          first = reload ? first : file.url();
          reload = true;
        }
      }
    }
    if (reload) {
      send(reload(first, FileKind.OTHER));
    }
  }

  private static String reload(String path, FileKind kind) {
    JsonObject message = new JsonObject().put("command", "reload").put("path", path);
    return switch (kind) {
      // A stylesheet that the page does not use is no reason to exchange all others.
      case CSS -> message.put("liveCSS", true).put("reloadMissingCSS", false).encode();
      case IMG -> message.put("liveImg", true).encode();
      default -> message.encode();
    };
  }

  /// Shows a message in the page.
  void alert(String message) {
    if (greeted) {
      send(new JsonObject().put("command", "alert").put("message", message).encode());
    }
  }
}
