package dev.pirn.cli;

import dev.pirn.server.ServerFile;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows the event log of a workspace's server, also across its restarts.
///
/// The numbers of the log start anew with each server, so after a restart the stream goes on from
/// its first event and says so with a `resync`.
final class EventStream {
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Duration RETRY = Duration.ofMillis(200);

  private final Session session;
  private final @Nullable String types;
  private final Consumer<JsonObject> reader;

  private @Nullable Long since;
  private @Nullable ServerFile server;

  /// @param since the number of the last event that the reader has; null for only new ones
  /// @param types a glob of the types that it wants, or null for all
  /// @param reader gets each event
  EventStream(
      Session session,
      @Nullable Long since,
      @Nullable String types,
      Consumer<JsonObject> reader) {
    this.session = session;
    this.since = since;
    this.types = types;
    this.reader = reader;
  }

  /// Follows until the thread is interrupted.
  ///
  /// @throws Failure if there is no server to begin with, or it refuses
  void follow() {
    Connection connection = Workspaces.server(session);
    server = ServerFile.find(connection.workspace().root()).orElse(null);
    while (!Thread.currentThread().isInterrupted()) {
      try (InputStream in = connection.stream(path(), SILENCE)) {
        read(in);
      } catch (IOException e) {
        // The server ended, or was silent for too long; both are taken up below.
      }
      connection = again();
    }
  }

  private String path() {
    String query = since == null ? "" : "since=" + since;
    if (types != null) {
      query += (query.isEmpty() ? "" : "&") + "type=" + Connection.encode(types);
    }
    return query.isEmpty() ? "/events" : "/events?" + query;
  }

  private void read(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data:")) {
        JsonObject event = new JsonObject(line.substring("data:".length()).strip());
        since = event.getLong("seq", since);
        reader.accept(event);
      }
    }
  }

  /// Waits for a server, the same or the next.
  private Connection again() {
    boolean told = false;
    while (true) {
      Optional<ServerFile> found = ServerFile.find(session.workspace().root());
      if (found.isPresent()) {
        if (!found.get().equals(server)) {
          since = 0L;
          server = found.get();
          session.console().error("pirn: another server is up; its events follow from the first\n");
        }
        LockSupport.parkNanos(RETRY.toNanos());
        return new Connection(found.get(), session.workspace());
      }
      if (!told) {
        session.console().error("pirn: the server is gone; waiting for the next\n");
        told = true;
      }
      LockSupport.parkNanos(RETRY.toNanos());
    }
  }
}
