package dev.pirn.agents;

import dev.pirn.agents.process.ChildProcess;
import dev.pirn.agents.process.Command;
import dev.pirn.agents.process.Exit;
import dev.pirn.agents.process.LaunchException;
import dev.pirn.agents.process.Launcher;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Waits until a process is ready.
///
/// No event of the system tells that somebody else's process listens, so that is asked for, at
/// first every 2 ms and then less and less often, up to every 50 ms. The end of the process ends
/// the waiting at once.
final class ReadinessProbe {
  private static final long SHORTEST_WAIT = Duration.ofMillis(2).toNanos();
  private static final long LONGEST_WAIT = Duration.ofMillis(50).toNanos();

  /// So that it is noticed at most a tenth later than it could be.
  private static final int PART = 10;

  private static final int ANSWER_MILLIS = 1_000;
  private static final int MOST_ANSWER = 64 * 1024;
  private static final Duration COMMAND_GRACE = Duration.ofSeconds(1);

  private static final List<InetAddress> LOOPBACK =
      List.of(
          address(new byte[] {127, 0, 0, 1}),
          address(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));

  private final Launcher launcher;
  private final Readiness readiness;
  private final Command command;
  private final ChildProcess process;
  private final int port;

  /// Completed by the first line in which the pattern is found.
  private final CompletableFuture<Boolean> line;

  private String host = "127.0.0.1";

  ReadinessProbe(
      Launcher launcher,
      Readiness readiness,
      Command command,
      ChildProcess process,
      int port,
      CompletableFuture<Boolean> line) {
    this.launcher = launcher;
    this.readiness = readiness;
    this.command = command;
    this.process = process;
    this.port = port;
    this.line = line;
  }

  /// Whether a line says that the process is ready.
  static boolean says(Readiness readiness, String line) {
    return readiness instanceof Readiness.LogLine wanted
        && Pattern.compile(wanted.pattern()).matcher(line).find();
  }

  /// Waits; for a thread of its own.
  ///
  /// @return why it will not be ready; null if it is
  @Nullable String await() throws InterruptedException {
    CompletableFuture<Exit> exit = process.exit().toCompletableFuture();
    long begin = System.nanoTime();
    long limit = begin + readiness.timeout().toNanos();
    while (!ready(limit)) {
      long now = System.nanoTime();
      if (now >= limit) {
        return "not ready after " + readiness.timeout().toMillis() + " ms: " + missing();
      }
      try {
        long wait = Math.clamp((now - begin) / PART, SHORTEST_WAIT, LONGEST_WAIT);
        Exit ended = exit.get(Math.min(limit - now, wait), TimeUnit.NANOSECONDS);
        return "ended before it was ready: " + ended;
      } catch (TimeoutException e) {
        // It runs still.
      } catch (ExecutionException e) {
        return "could not be waited for: " + e.getCause();
      }
    }
    return null;
  }

  private String missing() {
    return switch (readiness) {
      case Readiness.Tcp _ -> "nothing listens on the port in PORT";
      case Readiness.Http http -> "GET %s is not answered with 200 to 399".formatted(http.path());
      case Readiness.LogLine log -> "no line has \"%s\"".formatted(log.pattern());
      case Readiness.Command _ -> "the readiness command does not end with 0";
    };
  }

  private boolean ready(long limit) throws InterruptedException {
    return switch (readiness) {
      case Readiness.Tcp _ -> connects();
      case Readiness.Http http -> answers(http.path());
      case Readiness.LogLine _ -> line.isDone() && found();
      case Readiness.Command wanted -> succeeds(wanted, limit) && found();
    };
  }

  /// Where the process listens: what binds `localhost` may bind only one of the two.
  String host() {
    return host;
  }

  private boolean connects() {
    return asks(_ -> true);
  }

  private boolean answers(String path) {
    return asks(socket -> {
      socket.setSoTimeout(ANSWER_MILLIS);
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n"
              .formatted(path, port);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      int status = status(in);
      // Who still writes when we close would complain.
      in.readNBytes(MOST_ANSWER);
      return Readiness.Http.accepts(status);
    });
  }

  /// Who says by other means that it is ready is believed; this only finds out where it listens.
  private boolean found() {
    var _ = connects();
    return true;
  }

  private interface Question {
    boolean ask(Socket socket) throws IOException;
  }

  private boolean asks(Question question) {
    for (InetAddress address : LOOPBACK) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), ANSWER_MILLIS);
        host = Objects.requireNonNull(address.getHostAddress());
        return question.ask(socket);
      } catch (IOException e) {
        // Not there; perhaps at the other one.
      }
    }
    return false;
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }

  /// The status of `HTTP/1.1 200 OK`; 0 if it is none.
  private static int status(InputStream in) throws IOException {
    String start = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
    return start.matches("HTTP/1\\.[01] [0-9]{3}") ? Integer.parseInt(start.substring(9)) : 0;
  }

  private boolean succeeds(Readiness.Command wanted, long limit) throws InterruptedException {
    ChildProcess asked;
    try {
      asked =
          launcher.start(
              new Command(wanted.command(), command.folder(), command.environment()), (_, _) -> {});
    } catch (LaunchException e) {
      return false;
    }
    try {
      long left = Math.max(1, limit - System.nanoTime());
      return asked.exit().toCompletableFuture().get(left, TimeUnit.NANOSECONDS).code() == 0;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } finally {
      var _ = asked.stop(COMMAND_GRACE);
    }
  }
}
