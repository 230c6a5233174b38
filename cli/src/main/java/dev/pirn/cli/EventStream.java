package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows the event log of a workspace's server, also across its restarts.
///
/// After an interruption the server is told what was received last, and goes on from there. If it
/// cannot, because it is another server or because it kept too little, its next event is a
/// `resync`, and it goes on with the oldest that it has.
final class EventStream {
  /// The server says every 15 s that it is there.
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static final Duration RETRY = Duration.ofMillis(100);

  private final Session session;
  private final @Nullable String types;
  private final Consumer<JsonObject> reader;
  private final Consumer<String> notes;

  /// What was received last: the log and the number in it.
  private @Nullable String last;

  /// @param since the number of the last event that the reader has; null for only new ones
  /// @param types a glob of the types that it wants, or null for all
  /// @param reader gets each event
  /// @param notes gets a line when the connection goes and when it comes again
  EventStream(
      Session session,
      @Nullable Long since,
      @Nullable String types,
      Consumer<JsonObject> reader,
      Consumer<String> notes) {
    this.session = session;
    this.last = since == null ? null : String.valueOf(since);
    this.types = types;
    this.reader = reader;
    this.notes = notes;
  }

  /// Follows until the process ends.
  ///
  /// @throws Failure if there is no server to begin with, or it refuses
  void follow() {
    Connection server = Workspaces.server(session);
    boolean gone = false;
    while (!Thread.currentThread().isInterrupted()) {
      try (InputStream in = server.stream(path(), headers(), SILENCE)) {
        if (gone) {
          notes.accept("connected again, to " + server.url());
        }
        gone = false;
        read(in);
      } catch (IOException e) {
        // The server has ended, or was silent for too long; either way another attempt follows.
      }
      if (!gone) {
        notes.accept("the connection to the server is gone; trying again");
      }
      gone = true;
      server = again();
    }
  }

  private String path() {
    return types == null ? "/events" : "/events?type=" + Connection.encode(types);
  }

  private Map<String, String> headers() {
    return last == null
        ? Map.of("Accept", "text/event-stream")
        : Map.of("Accept", "text/event-stream", "Last-Event-ID", last);
  }

  private void read(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id:")) {
        last = line.substring("id:".length()).strip();
      } else if (line.startsWith("data:")) {
        take(new JsonObject(line.substring("data:".length()).strip()));
      }
    }
  }

  private void take(JsonObject event) {
    if (!event.getString("type", "").equals("hello")) {
      reader.accept(event);
    } else if (last == null) {
      // Whatever comes after this is missed if the connection ends before the first event.
      last = event.getString("boot") + ":" + event.getLong("seq");
    }
  }

  /// Waits for a server, the same or the next.
  private Connection again() {
    while (true) {
      LockSupport.parkNanos(RETRY.toNanos());
      Connection found = Workspaces.find(session);
      if (found != null) {
        return found;
      }
    }
  }
}
