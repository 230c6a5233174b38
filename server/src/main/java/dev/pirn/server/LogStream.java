package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.agents.LogLine;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Sends lines to one client as agents print them.
///
/// What the client does not take waits, up to a number of lines and characters; then the oldest are
/// given up, and the client is told how many. Agents never wait for it.
///
/// **Threading.** All of it on the client's event loop, but for [#line].
final class LogStream {
  static final int MOST_LINES = 1_000;
  static final int MOST_CHARACTERS = 256 * 1024;

  /// How many lines are sent before others on the same event loop have their turn.
  private static final int BATCH = 100;

  private final Vertx vertx;
  private final Context context;
  private final HttpServerResponse response;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final long heartbeat;

  /// The last lines, which may come once more from who printed them.
  private final Set<LogLine> tail = Collections.newSetFromMap(new IdentityHashMap<>());

  @GuardedBy("this")
  private final Deque<LogLine> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private int characters;

  @GuardedBy("this")
  private long lost;

  private boolean begun;
  private boolean closed;

  /// @param lost how many lines before this one were given up
  private record Next(long lost, LogLine line) {}

  LogStream(Vertx vertx, HttpServerResponse response) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.response = response;
    this.heartbeat = vertx.setPeriodic(EventStream.HEARTBEAT_MILLIS, _ -> beat());
  }

  /// An agent has printed a line. By any thread.
  void line(LogLine line) {
    synchronized (this) {
      waiting.addLast(line);
      characters += line.text().length();
      while (waiting.size() > MOST_LINES || characters > MOST_CHARACTERS) {
        characters -= waiting.removeFirst().text().length();
        lost++;
      }
    }
    wake();
  }

  private void wake() {
    if (!woken.getAndSet(true)) {
      context.runOnContext(_ -> pump());
    }
  }

  private synchronized @Nullable Next next() {
    LogLine line = waiting.pollFirst();
    if (line == null) {
      return null;
    }
    characters -= line.text().length();
    Next next = new Next(lost, line);
    lost = 0;
    return next;
  }

  /// Sends the last lines, and then what has come and comes.
  void begin(List<LogLine> last) {
    last.forEach(line -> {
      tail.add(line);
      send(line);
    });
    begun = true;
    pump();
  }

  private void pump() {
    woken.set(false);
    for (int sent = 0; begun && !closed; sent++) {
      if (sent == BATCH) {
        wake();
        return;
      }
      if (response.writeQueueFull()) {
        response.drainHandler(_ -> pump());
        return;
      }
      Next next = next();
      if (next == null) {
        return;
      }
      if (next.lost > 0) {
        response.write(
            "event: lost\ndata: " + new JsonObject().put("lost", next.lost).encode() + "\n\n");
      }
      if (!tail.remove(next.line)) {
        send(next.line);
      }
    }
  }

  private void send(LogLine line) {
    response.write("data: " + AgentViews.line(line).encode() + "\n\n");
  }

  private void beat() {
    if (!response.writeQueueFull()) {
      response.write(": still here\n\n");
    }
  }

  /// The client is gone.
  void close(Runnable unfollow) {
    if (!closed) {
      closed = true;
      unfollow.run();
      vertx.cancelTimer(heartbeat);
    }
  }
}
