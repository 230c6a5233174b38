package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The client in a real browser: each file of `src/test/browser` is run by node's own test runner
/// against a server that it may disconnect and restart. `-Dpirn.only=edits` runs only those that
/// begin so, `-Dpirn.edits=1000` makes more edits.
class BrowserTest {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("pirn.home"), "web", "src", "test", "browser");

  @TempDir private Path folder;

  static List<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".test.mjs"))
          .filter(name -> name.startsWith(System.getProperty("pirn.only", "")))
          .sorted()
          .toList();
    }
  }

  /// In CI everything has to be there.
  private static void lacks(String what) {
    if (System.getProperty("pirn.ci", "no").equals("no")) {
      abort(what + " is missing");
    }
    throw new AssertionError(what + " is missing");
  }

  private static boolean found(String... programs) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      for (String program : programs) {
        if (Files.isExecutable(Path.of(folder, program))) {
          return true;
        }
      }
    }
    return false;
  }

  @ParameterizedTest
  @MethodSource("scripts")
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void holds(String script) throws Exception {
    if (!found("node")) {
      lacks("node");
    }
    if (System.getenv("CHROMIUM") == null && !found("chromium", "chromium-browser")) {
      lacks("Chromium");
    }
    if (!Files.isDirectory(SCRIPTS.resolve("node_modules/playwright-core"))) {
      lacks("npm ci --prefix web/src/test/browser");
    }
    Path output = folder.resolve("output");
    Files.createDirectories(folder.resolve("web"));
    try (WebServer server = WebServer.of(folder, options -> options, new Tests());
        Control control = new Control(server)) {
      ProcessBuilder builder =
          new ProcessBuilder("node", "--test", "--test-reporter=spec", script)
              .directory(SCRIPTS.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("PIRN_URL", server.url());
      builder.environment().put("PIRN_WEB", folder.resolve("web").toString());
      builder.environment().put("PIRN_CONTROL", control.url());
      builder.environment().put("PIRN_EDITS", System.getProperty("pirn.edits", "100"));
      Process process = builder.start();
      boolean ended = process.waitFor(4, TimeUnit.MINUTES);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      String printed = Files.readString(output);
      System.out.println(printed);
      assertThat(ended).as(printed).isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
      assertThat(printed).containsPattern("pass [1-9]").contains("skipped 0").contains("todo 0");
    }
  }

  /// Tests of pages that end as the script says.
  private static final class Tests implements TestCommand {
    private static final AtomicReference<Consumer<Outcome>> WAITING = new AtomicReference<>();

    @Override
    public void run(Consumer<Outcome> done) {
      WAITING.set(done);
    }
  }

  /// What a script may ask for: `POST /stop`, `/start`, `/disconnect`, `/alert?TEXT`,
  /// `/tests?passed` or `/tests?failed`, `/options?sync,holdOnErrors` or
  /// `/options?http://127.0.0.1:3000`.
  private static final class Control implements AutoCloseable {
    private final WebServer server;
    private final HttpServer http;

    Control(WebServer server) {
      this.server = server;
      this.http =
          WebServer.await(
              server
                  .vertx()
                  .createHttpServer()
                  .requestHandler(this::handle)
                  .listen(0, "127.0.0.1"));
    }

    String url() {
      return "http://127.0.0.1:" + http.actualPort();
    }

    private void handle(HttpServerRequest request) {
      var context = server.vertx().getOrCreateContext();
      Thread.ofVirtual()
          .start(() -> {
            String failure = "";
            try {
              obey(request.path(), String.valueOf(request.query()));
            } catch (RuntimeException e) {
              failure = e.toString();
            }
            String body = failure;
            context.runOnContext(_ ->
                request
                    .response()
                    .setStatusCode(body.isEmpty() ? 200 : 500)
                    .end(body, StandardCharsets.UTF_8.name()));
          });
    }

    private void obey(String command, String argument) {
      switch (command) {
        case "/stop" -> server.stop();
        case "/start" -> server.start();
        case "/disconnect" -> server.web().disconnect();
        case "/alert" -> server.web().alert(argument);
        case "/tests" -> {
          Consumer<TestCommand.Outcome> waiting = Tests.WAITING.getAndSet(null);
          if (waiting != null) {
            waiting.accept(
                new TestCommand.Outcome(argument.equals("passed"), "1 of 3 tests failed"));
          }
        }
        case "/options" ->
            server.restart(options ->
                options
                    .sync(argument.contains("sync"))
                    .holdOnErrors(argument.contains("holdOnErrors"))
                    .gate(argument.contains("gate"))
                    .proxy(argument.startsWith("http") ? URI.create(argument) : null));
        default -> throw new IllegalArgumentException(command);
      }
    }

    @Override
    public void close() {
      WebServer.await(http.close());
    }
  }
}
