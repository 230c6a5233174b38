package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A workspace whose agents run, with real interpreters and real processes.
final class Running implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 60_000;

  final Path root;
  final List<LogLine> printed = new ArrayList<>();
  private final List<AgentEvent> events = new ArrayList<>();
  private @Nullable Agents agents;

  Running(Path folder) throws IOException {
    root = Files.createDirectories(folder.resolve("workspace")).toRealPath();
  }

  Path at(String path) {
    return root.resolve(path);
  }

  Path write(String path, String text) {
    try {
      Files.createDirectories(Objects.requireNonNull(at(path).getParent()));
      return Files.writeString(at(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An agent in Python that answers each GET with this word and its process.
  static String python(String word) {
    return python(word, "");
  }

  /// @param more statements before it listens; `Handler` is there already
  static String python(String word, String more) {
    return """
    import http.server, os, sys

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'

        def do_GET(self):
            self.answer(%s)

        def answer(self, word):
            body = f'{word} {os.getpid()}'.encode()
            self.send_response(200)
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    %s
    server = http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler)
    server.serve_forever()
    """
        .formatted(word.startsWith("=") ? word.substring(1) : "'" + word + "'", more);
  }

  Agents open() {
    return open(UnaryOperator.identity());
  }

  /// As many restarts as a test wants, unless it says otherwise.
  Agents open(UnaryOperator<AgentsOptions> options) {
    AgentListener listener =
        new AgentListener() {
          @Override
          public void onEvent(AgentEvent event) {
            synchronized (events) {
              events.add(event);
              events.notifyAll();
            }
          }

          @Override
          public void onLine(LogLine line) {
            synchronized (events) {
              printed.add(line);
              events.notifyAll();
            }
          }
        };
    agents = Agents.open(options.apply(AgentsOptions.of(root).mostRestarts(0)), listener);
    return agents;
  }

  Agents agents() {
    return Objects.requireNonNull(agents);
  }

  AgentState state(String name) {
    return agents().get(name).orElseThrow(() -> new AssertionError("no agent " + name));
  }

  /// What has happened to an agent so far, or to all.
  List<AgentEvent> events(@Nullable String agent, AgentEvent.Kind... kinds) {
    synchronized (events) {
      return events.stream()
          .filter(it -> agent == null || it.agent().equals(agent))
          .filter(it -> kinds.length == 0 || List.of(kinds).contains(it.kind()))
          .toList();
    }
  }

  /// Waits until something has happened that many times to an agent.
  AgentEvent await(String agent, AgentEvent.Kind kind, int times) {
    await(
        () -> events(agent, kind).size() >= times,
        () -> "%d times %s of %s, got %s".formatted(times, kind, agent, told()));
    return events(agent, kind).get(times - 1);
  }

  AgentEvent await(String agent, AgentEvent.Kind kind) {
    return await(agent, kind, 1);
  }

  LogLine awaitLine(Predicate<LogLine> wanted) {
    // Each line is looked at once: there may be many, and those who print wait meanwhile.
    AtomicInteger next = new AtomicInteger();
    AtomicReference<LogLine> found = new AtomicReference<>();
    await(
        () -> {
          while (found.get() == null && next.get() < printed.size()) {
            LogLine line = printed.get(next.getAndIncrement());
            if (wanted.test(line)) {
              found.set(line);
            }
          }
          return found.get() != null;
        },
        () ->
            "a line, got %d, the last of which are %s"
                .formatted(
                    printed.size(),
                    printed.subList(Math.max(0, printed.size() - 20), printed.size())));
    return found.get();
  }

  private String told() {
    return events(null).stream()
        .map(it ->
            "%s #%d %s %s%n%s"
                .formatted(
                    it.kind(),
                    it.generation(),
                    it.agent(),
                    it.reason(),
                    String.join("\n", it.lastLines())))
        .toList()
        .toString();
  }

  interface Asked {
    boolean isSo();
  }

  interface Description {
    String text();
  }

  /// Waits for what events tell; they wake it up.
  void await(Asked asked, Description description) {
    long limit = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
    synchronized (events) {
      while (!asked.isSo()) {
        long left = Duration.ofNanos(limit - System.nanoTime()).toMillis();
        try {
          events.wait(Math.max(1, left));
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        // What became so without being told would have been found by luck.
        if (System.nanoTime() >= limit) {
          throw new AssertionError("waited in vain for " + description.text());
        }
      }
    }
  }

  /// An answer.
  record Answer(int status, String body) {}

  /// What an agent answers at its address.
  Answer ask(String agent, String path) {
    return send(agent, path, null);
  }

  Answer post(String agent, String path, String body) {
    return send(agent, path, body);
  }

  private Answer send(String agent, String path, @Nullable String body) {
    try {
      URI uri = URI.create(Objects.requireNonNull(state(agent).url()) + path);
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      if (body != null) {
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body.getBytes(StandardCharsets.UTF_8));
        }
      }
      int status = connection.getResponseCode();
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        return new Answer(status, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The word with which an agent answers.
  String word(String agent) {
    Answer answer = ask(agent, "/");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body().split(" ")[0];
  }

  /// Runs a program of the machine in the workspace.
  void program(String... words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words).directory(root.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  static Map<String, String> environment(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(System.getenv());
    all.putAll(more);
    return all;
  }

  @Override
  public void close() {
    if (agents != null) {
      agents.close();
    }
  }
}
