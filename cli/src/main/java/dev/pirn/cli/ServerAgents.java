package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Agents of the workspace's running server.
///
/// @param server the server
record ServerAgents(Connection server) implements AgentAnswers {
  private static final String AT = "/agents";

  /// The server answers within a minute, also when the agent has not settled by then.
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(90);

  /// An agent may take ten minutes to get ready, and the one before it some time to end.
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(15);

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Set<String> MOVING = Set.of("starting", "swapping", "holding");

  @Override
  public JsonArray list() {
    return server.array(AT);
  }

  @Override
  public JsonObject get(String name) {
    return server.object(at(name));
  }

  @Override
  public JsonObject act(String name, String action) {
    JsonObject process =
        server.send("POST", at(name) + "/" + action, Map.of(), new byte[0], ANSWER_LIMIT);
    long limit = System.nanoTime() + SETTLE_LIMIT.toNanos();
    while (MOVING.contains(process.getString("phase", "")) && System.nanoTime() - limit < 0) {
      LockSupport.parkNanos(PAUSE.toNanos());
      process = get(name).getJsonObject("process");
    }
    return process;
  }

  @Override
  public JsonObject add(List<Path> paths) {
    JsonArray named = new JsonArray(paths.stream().map(Path::toString).toList());
    byte[] body = new JsonObject().put("paths", named).encode().getBytes(StandardCharsets.UTF_8);
    return server.send("POST", AT, Map.of("Content-Type", "application/json"), body);
  }

  @Override
  public JsonArray lines(List<String> names, int most) {
    String tail = "/logs?tail=" + most;
    if (names.isEmpty()) {
      return server.array(AT + tail);
    }
    Stream<JsonObject> lines =
        names.stream()
            .flatMap(name -> server.array(at(name) + tail).stream())
            .map(JsonObject.class::cast)
            .sorted(Comparator.comparing(line -> line.getInstant("time")));
    return new JsonArray(lines.toList());
  }

  @Override
  public JsonArray diagnostics() {
    JsonObject agents = server.object("/status").getJsonObject("agents");
    return agents == null ? new JsonArray() : agents.getJsonArray("diagnostics", new JsonArray());
  }

  private static String at(String name) {
    return AT + "/" + Connection.encode(name);
  }
}
