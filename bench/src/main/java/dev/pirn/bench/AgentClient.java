package dev.pirn.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Asks an agent again and again, on a thread of its own, until it is told to end, and counts.
final class AgentClient {
  private static final Pattern GREETING = Pattern.compile("\\{\"result\": ?\"Hello (\\d+), ");
  private static final byte[] GREET = Wire.post("/call/greet", "{\"name\": \"bench\"}");
  private static final byte[] UP = Wire.get("/up");

  private final int port;
  private final Manner manner;
  private final Sight sight;
  private final Thread thread;
  private volatile boolean ending;

  // Of the thread, and read when it has ended.
  private final DoubleStream.Builder millis = DoubleStream.builder();
  private long failed;
  private long refused;
  private @Nullable String failure;

  /// How a client asks.
  ///
  /// @param keepAlive whether it asks all on one connection, as long as that lasts
  /// @param gets whether every other request is a GET, and not a POST
  /// @param pause between an answer, or a failure, and the next request
  record Manner(boolean keepAlive, boolean gets, Duration pause) {}

  /// The newest edit that any answer has shown.
  static final class Sight {
    private int newest = -1;
    private long since;

    private synchronized void saw(int edit, long time) {
      if (edit > newest) {
        newest = edit;
        since = time;
        notifyAll();
      }
    }

    /// When the first answer came that showed this edit; 0 if none has within the time.
    synchronized long await(int edit, Duration patience) throws InterruptedException {
      long limit = System.nanoTime() + patience.toNanos();
      while (newest < edit) {
        long left = (limit - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return 0;
        }
        wait(left);
      }
      return since;
    }
  }

  AgentClient(int port, Manner manner, Sight sight) {
    this.port = port;
    this.manner = manner;
    this.sight = sight;
    this.thread = Thread.ofPlatform().name("bench-client").daemon().start(this::run);
  }

  private void run() {
    Wire wire = null;
    for (boolean get = false; !ending; get = manner.gets() && !get) {
      long begin = System.nanoTime();
      try {
        wire = wire == null ? new Wire(port) : wire;
        String answer = wire.ask(get ? UP : GREET);
        long end = System.nanoTime();
        if (!get) {
          sight.saw(edit(answer), end);
        } else if (!answer.contains("ok")) {
          throw new IOException("not healthy: " + answer);
        }
        millis.add((end - begin) / 1e6);
      } catch (IOException e) {
        failed++;
        if (e instanceof ConnectException) {
          refused++;
        } else {
          failure = failure == null ? String.valueOf(e.getMessage()) : failure;
        }
        close(wire);
        wire = null;
      }
      if (wire != null && !(manner.keepAlive() && wire.open())) {
        close(wire);
        wire = null;
      }
      if (!manner.pause().isZero()) {
        LockSupport.parkNanos(manner.pause().toNanos());
      }
    }
    close(wire);
  }

  private static int edit(String answer) throws IOException {
    Matcher greeting = GREETING.matcher(answer);
    if (!greeting.lookingAt()) {
      throw new IOException("no greeting: " + answer);
    }
    return Integer.parseInt(greeting.group(1));
  }

  private static void close(@Nullable Wire wire) {
    if (wire != null) {
      try {
        wire.close();
      } catch (IOException e) {
        // It is of no more use either way.
      }
    }
  }

  /// Waits for the answer that is under way.
  void end() throws InterruptedException {
    ending = true;
    thread.join();
  }

  /// How long the requests took that were answered, once it has ended.
  double[] millis() {
    return millis.build().toArray();
  }

  /// How many were not, once it has ended.
  long failed() {
    return failed;
  }

  /// How many of those found nobody listening.
  long refused() {
    return refused;
  }

  /// Why the first of the others failed, once it has ended; null if there is none.
  @Nullable String failure() {
    return failure;
  }
}
