package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// What the agents of a workspace's server print, as it comes.
final class AgentLogStream {
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static final Duration RETRY = Duration.ofMillis(100);

  private final Session session;
  private final Set<String> names;
  private int tail;

  /// @param names whose lines are wanted; all if there are none
  /// @param tail how many that were printed before
  AgentLogStream(Session session, List<String> names, int tail) {
    this.session = session;
    this.names = Set.copyOf(names);
    this.tail = tail;
  }

  /// Follows until the server ends, or the thread is interrupted.
  void follow(Consumer<JsonObject> reader) {
    Connection server = Workspaces.find(session);
    while (server != null && !Thread.currentThread().isInterrupted()) {
      try (InputStream in = server.stream(path(), Map.of("Accept", "text/event-stream"), SILENCE)) {
        // After an interruption only what is new is wanted.
        tail = 0;
        read(in, reader);
      } catch (IOException e) {
        // The server has ended, or was silent for too long: it is there or it is not.
      }
      LockSupport.parkNanos(RETRY.toNanos());
      server = Workspaces.find(session);
    }
  }

  private String path() {
    String of = names.size() == 1 ? "/" + Connection.encode(names.iterator().next()) : "";
    return "/agents" + of + "/logs?tail=" + tail;
  }

  private void read(InputStream in, Consumer<JsonObject> reader) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data:")) {
        JsonObject data = new JsonObject(line.substring("data:".length()).strip());
        if (data.getString("text") == null) {
          lost(data);
        } else if (names.isEmpty() || names.contains(data.getString("agent"))) {
          reader.accept(data);
        }
      }
    }
  }

  private void lost(JsonObject data) {
    Long count = data.getLong("lost");
    if (count != null) {
      session.console().note(Text.count(count, "line") + " came too fast and are not shown");
    }
  }
}
