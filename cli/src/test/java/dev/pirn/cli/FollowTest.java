package dev.pirn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.server.AgentsWanted;
import dev.pirn.server.Server;
import dev.pirn.server.ServerOptions;
import dev.pirn.server.Workspace;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands that go on until somebody ends them.
class FollowTest {
  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void workspace() {
    desk = Desk.workspace(folder);
  }

  private Server server() {
    // The agents of this workspace have nothing that could be run, which would be told too.
    AgentsWanted none = AgentsWanted.AS_CONFIGURED.enabled(false);
    return Server.start(ServerOptions.of(Workspace.of(folder)).port(0).agents(none));
  }

  /// A command that runs beside the test until it is closed.
  private final class Beside implements AutoCloseable {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final CompletableFuture<Integer> exit = new CompletableFuture<>();
    final Thread thread;

    Beside(OutputStream to, String... args) {
      Console console =
          new Console(
              InputStream.nullInputStream(), to == null ? out : to, err, false, false, false);
      Session session = new Session(console, folder, Map.of());
      thread = Thread.ofPlatform().daemon().start(() -> exit.complete(Cli.run(session, args)));
    }

    List<String> lines() {
      return out.toString(UTF_8).lines().toList();
    }

    void untilLines(int count) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(lines()).hasSizeGreaterThanOrEqualTo(count));
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  private void untilRead(Server server, int readers) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(
                    desk.run("status", "--json")
                        .object()
                        .getJsonObject("events")
                        .getInteger("readers"))
                .isGreaterThanOrEqualTo(readers));
  }

  @Test
  void anEventIsPrintedAsItHappensWithWhatToolsRelyOn() {
    try (Server server = server();
        Beside events = new Beside(null, "events", "--follow")) {
      untilRead(server, 1);
      desk.write("patterns/hello.yaml", desk.read("patterns/hello.yaml") + "# again\n");
      events.untilLines(1);
      JsonObject event = new JsonObject(events.lines().getFirst());
      assertThat(event.fieldNames()).contains("seq", "time", "type", "source", "name", "file");
      assertThat(event.getString("type")).isEqualTo("pattern.modify");
      assertThat(event.getString("name")).isEqualTo("hello");
    }
  }

  @Test
  void goesOnAfterTheServerWasStartedAgainAndNotesIt() {
    try (Beside events = follow()) {
      try (Server again = server()) {
        desk.write("patterns/third.yaml", "name: third\ncategory: x\n");
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() ->
                assertThat(events.lines())
                    .anyMatch(line -> line.contains("\"type\":\"resync\""))
                    .anyMatch(line -> line.contains("\"name\":\"third\"")));
        assertThat(events.err.toString(UTF_8))
            .contains("pirn: the connection to the server is gone; trying again\n")
            .contains("pirn: connected again, to " + again.url());
      }
    }
  }

  private Beside follow() {
    try (Server server = server()) {
      Beside events = new Beside(null, "events", "--follow");
      untilRead(server, 1);
      desk.write("patterns/hello.yaml", desk.read("patterns/hello.yaml") + "# again\n");
      events.untilLines(1);
      return events;
    }
  }

  @Test
  void patternsWatchHasTheFormOfTheSeed() {
    try (Server server = server();
        Beside watch = new Beside(null, "patterns", "watch")) {
      untilRead(server, 1);
      desk.write("patterns/hello.yaml", "name: [\n");
      watch.untilLines(1);
      assertThat(watch.lines().getFirst())
          .matches(
              "\\[\\d\\d:\\d\\d:\\d\\d] INVALID pattern=hello file=patterns/hello\\.yaml"
                  + " error=\"the file ends inside brackets\"");
    }
  }

  @Test
  void endsQuietlyWhenNobodyReadsAnyMore() throws Exception {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    try (Server server = server();
        Beside events = new Beside(closed, "events", "--follow")) {
      untilRead(server, 1);
      desk.write("patterns/hello.yaml", desk.read("patterns/hello.yaml") + "# again\n");
      assertThat(events.exit.get(10, TimeUnit.SECONDS)).isZero();
      assertThat(events.err.toString(UTF_8)).isEmpty();
    }
  }

  @Test
  void tailShowsSettledChangesWithoutAServer() {
    try (Beside tail = new Beside(null, "watches", "tail", "patterns", "--json")) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() ->
              assertThat(tail.err.toString(UTF_8))
                  .startsWith("pirn: watching 2 folders, 2 files by "));
      desk.write("patterns/notes.txt", "not a pattern");
      desk.write("patterns/third.yaml", "name: third\ncategory: x\n");
      tail.untilLines(1);
      JsonObject change = new JsonObject(tail.lines().getFirst());
      assertThat(change.getString("kind")).isEqualTo("created");
      assertThat(change.getString("file")).isEqualTo("patterns/third.yaml");
    }
  }

  @Test
  void serveInThisProcessEndsWhenItIsInterrupted() throws Exception {
    Beside serve = new Beside(null, "serve", "--port", "0");
    serve.untilLines(1);
    assertThat(serve.lines().getFirst())
        .matches("pirn: ready at http://127\\.0\\.0\\.1:\\d+ in \\d+ ms");
    serve.close();
    assertThat(serve.exit.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(desk.run("events").exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void noLogAndNoEventHasASecret(String format) throws Exception {
    desk.write("settings/secret.json", "{\"params\": {\"token\": \"bandicoot\"}}");
    desk.write(
        "settings/secret.yaml", "parameters: { token: { key: API_TOKEN, one-of: bandicoot } }\n");
    Beside serve =
        new Beside(
            null, "serve", "--port", "0", "--log-format", format, "--log-level", "dev.pirn=trace");
    try {
      serve.untilLines(1);
      try (Beside events = new Beside(null, "events", "--follow")) {
        List<Ran> ran = new ArrayList<>();
        ran.add(desk.runWith("bandicoot\n", "settings", "set", "API_TOKEN", "--stdin"));
        ran.add(
            desk.run(
                ("settings apply settings/secret.json --map settings/secret.yaml").split(" ")));
        assertThat(ran.getLast().out()).contains("PIRN-E041", "failed: secret");
        desk.write(".env", "API_TOKEN=\"bandicoot\nhush-hush\nOTHER_KEY=bandicoot\n");
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .untilAsserted(() -> assertThat(serve.err.toString(UTF_8)).contains("PIRN-E006"));
        desk.write(".env", "API_TOKEN=${API_TOKEN}\n");
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .untilAsserted(() ->
                assertThat(serve.err.toString(UTF_8) + events.out.toString(UTF_8))
                    .contains("settings.changed", "PIRN-E012")
                    .containsPattern("(?s)PIRN-E012.*PIRN-E012"));
        ran.add(desk.run("settings", "list"));
        ran.add(desk.run("settings", "history"));
        String said = serve.out.toString(UTF_8) + serve.err + events.out + events.err + ran;
        assertThat(said)
            .contains("settings.rejected", "***")
            .doesNotContain("bandicoot")
            .doesNotContain("hush-hush");
      }
    } finally {
      serve.close();
      assertThat(serve.exit.get(10, TimeUnit.SECONDS)).isZero();
    }
  }
}
