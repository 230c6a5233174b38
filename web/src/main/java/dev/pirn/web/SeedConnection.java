package dev.pirn.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Speaks the seed's protocol, for any simple client: one message for each file, and nothing to
/// answer.
final class SeedConnection extends Connection {
  private final Path base;

  /// @param base what files are named relative to
  SeedConnection(Vertx vertx, ServerWebSocket socket, Supplier<Standing> standing, Path base) {
    super(vertx, socket, standing);
    this.base = base;
    socket.textMessageHandler(_ -> {});
    send(new JsonObject().put("type", "connected").put("message", "Hot-reload enabled").encode());
    follower.begin(standing.get().seq());
  }

  @Override
  public void tell(Standing standing, long since) {
    Plan plan = standing.plan(since);
    long now = System.currentTimeMillis() / 1_000;
    if (plan.reload() != null) {
      send(message("*", Plan.Operation.MODIFIED, now));
    }
    plan.files().forEach(file -> send(message(path(file), file.operation(), now)));
  }

  private String path(Plan.File file) {
    Path path = file.file();
    return path != null && path.startsWith(base)
        ? base.relativize(path).toString()
        : file.url().substring(1);
  }

  private static String message(String path, Plan.Operation operation, long seconds) {
    String word =
        switch (operation) {
          case ADDED -> "created";
          case MODIFIED -> "modified";
          case DELETED -> "deleted";
        };
    return new JsonObject()
        .put("type", "file_changed")
        .put("path", path)
        .put("operation", word)
        .put("timestamp", seconds)
        .encode();
  }
}
