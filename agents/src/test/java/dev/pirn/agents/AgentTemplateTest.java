package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs the agents of the templates as they are.
class AgentTemplateTest {
  @TempDir private Path temp;
  private Desk desk;
  private Vertx vertx;
  private HttpServer state;
  private final AtomicInteger conflicts = new AtomicInteger();
  private volatile int count;

  @BeforeEach
  void desk() throws Exception {
    desk = new Desk(temp);
    desk.environment.put("PATH", System.getenv("PATH"));
    vertx = Vertx.vertx();
    state =
        vertx
            .createHttpServer()
            .requestHandler(this::state)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /// One value under `/counter`, of which the first write is overtaken by another.
  private void state(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> {
          String etag = "\"" + count + "\"";
          String match = request.getHeader("If-Match");
          String none = request.getHeader("If-None-Match");
          if (!request.path().equals("/state/counter")) {
            request.response().setStatusCode(400).end();
          } else if (request.method().name().equals("GET")) {
            if (count == 0) {
              request.response().setStatusCode(404).end();
            } else {
              request.response().putHeader("ETag", etag).end(Integer.toString(count));
            }
          } else if (conflicts.getAndIncrement() == 0) {
            count = 41;
            request.response().setStatusCode(412).end();
          } else if (count == 0 ? !"*".equals(none) : !etag.equals(match)) {
            request.response().setStatusCode(412).end();
          } else {
            count = Integer.parseInt(body.toString());
            request.response().setStatusCode(204).end();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(AgentTemplate.class)
  void startsAnswersCountsAndEndsPolitely(AgentTemplate template) throws Exception {
    assertThat(template.write(desk.at("agents"), "greeter").diagnostics()).isEmpty();
    AgentSpec agent = desk.agent("greeter");
    assertThat(agent.readiness())
        .isEqualTo(new Readiness.Http("/health", Readiness.DEFAULT_TIMEOUT));
    ProcessBuilder builder = new ProcessBuilder(command(agent));
    builder.directory(agent.workingFolder().toFile()).redirectErrorStream(true);
    builder.environment().put("PORT", "0");
    builder
        .environment()
        .put("PIRN_STATE_URL", "http://127.0.0.1:" + state.actualPort() + "/state");
    Process process = builder.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String listening = Objects.toString(out.readLine());
      assertThat(listening).startsWith("listening on ");
      String url = "http://127.0.0.1:" + listening.substring("listening on ".length());
      assertThat(send(url + "/health", null)).isEqualTo("200 {\"status\":\"ok\"}");
      assertThat(send(url + "/call/greet", "{\"name\": \"Ada \\\"x\\\"\"}"))
          .isEqualTo("200 {\"result\":\"Hello, Ada \\\"x\\\"!\"}");
      assertThat(send(url + "/call/greet", "{}")).isEqualTo("200 {\"result\":\"Hello, world!\"}");
      assertThat(send(url + "/call/add", "{\"a\": 30, \"b\": 12}"))
          .isEqualTo("200 {\"result\":42}");
      assertThat(send(url + "/call/add", "{\"a\": 30}")).startsWith("400 {\"error\":");
      assertThat(send(url + "/call/counter", "{}")).isEqualTo("200 {\"result\":42}");
      assertThat(send(url + "/call/counter", "{}")).isEqualTo("200 {\"result\":43}");
      assertThat(send(url + "/call/nothing", "{}")).startsWith("404 {\"error\":");
      assertThat(send(url + "/elsewhere", null)).startsWith("404 {\"error\":");
      // That of the process itself would close the streams as well.
      process.toHandle().destroy();
      assertThat(process.waitFor(AgentSpec.DEFAULT_STOP_GRACE.toMillis(), TimeUnit.MILLISECONDS))
          .isTrue();
      assertThat(process.exitValue()).isIn(0, 143);
      assertThat(out.lines().reduce("", (_, line) -> line)).isEqualTo("ended");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void writesNothingWhereSomethingIsAndNoBadName() {
    desk.write("agents/greeter/mine.txt", "mine");
    assertThat(desk.render(AgentTemplate.NODE.write(desk.at("agents"), "greeter").diagnostics()))
        .startsWith("error[PIRN-A050]: there is something here already\n  --> agents/greeter\n");
    assertThat(desk.at("agents/greeter")).isDirectoryNotContaining("glob:**main*");
    assertThat(desk.render(AgentTemplate.NODE.write(desk.at("agents"), "../x").diagnostics()))
        .startsWith("error[PIRN-A001]: \"../x\" cannot be an agent's name\n");
  }

  private List<String> command(AgentSpec agent) {
    return switch (agent.launch()) {
      case Launch.Program program -> program.command();
      case Launch.JavaSources sources ->
          Objects.requireNonNull(new JavaBuild(desk.at(".pirn")).build(sources).value()).command();
    };
  }

  private static String send(String url, String body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setReadTimeout(20_000);
    if (body != null) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return status + " " + new JsonObject(json).encode();
    }
  }
}
