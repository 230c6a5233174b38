package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Agents that the server runs: real processes behind addresses that stay.
@Timeout(120)
class RunAgentsTest {
  private static final String AT = "/api/v1/agents";

  @TempDir private Path folder;
  private AgentSite agents;
  private Server server;
  private Http http;

  @BeforeEach
  void workspace() {
    agents = AgentSite.in(folder);
    agents.agent("greeter", "one");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private void start() {
    start(agents.site().options());
  }

  private void start(ServerOptions options) {
    server = Server.start(options);
    http = Http.of(server).token(server);
  }

  private JsonObject process(String name) {
    return http.get(AT + "/" + name).json().getJsonObject("process");
  }

  private JsonObject await(String name, String phase) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(process(name).getString("phase")).isEqualTo(phase));
    return process(name);
  }

  private static Http.Response ask(JsonObject process) {
    return Http.of(process.getString("url")).get("/");
  }

  private JsonObject status() {
    return http.get("/api/v1/status").json();
  }

  private JsonObject statusOf(String name) {
    return status().getJsonObject("agents").getJsonArray("agents").stream()
        .map(JsonObject.class::cast)
        .filter(it -> it.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject awaitGeneration(Http.Events events, String type, long least) {
    for (int i = 1; ; i++) {
      JsonObject event = events.take(i).get(i - 1);
      if (event.getString("type").equals(type) && event.getLong("generation", 0L) >= least) {
        return event;
      }
    }
  }

  @Test
  void anEditIsAnsweredAtTheSameAddress() {
    start();
    try (Http.Events events = http.events("?since=0&type=agent.*")) {
      JsonObject first = awaitGeneration(events, "agent.active", 1);
      JsonObject before = process("greeter");
      assertThat(ask(before).body()).isEqualTo("one");

      agents.agent("greeter", "two");
      JsonObject event = awaitGeneration(events, "agent.active", 2);
      JsonObject after = process("greeter");

      assertThat(first.getString("name")).isEqualTo("greeter");
      assertThat(first.containsKey("files")).isFalse();
      assertThat(event.getString("source")).isEqualTo("agents");
      assertThat(event.getString("file")).isEqualTo("agents/greeter/main.py");
      assertThat(event.getJsonArray("files")).containsExactly("agents/greeter/main.py");
      assertThat(event.getJsonObject("timings").fieldNames())
          .containsExactly(
              "detect_ms", "precheck_ms", "start_ms", "ready_ms", "swap_ms", "drain_ms");
      assertThat(after.getString("url")).isEqualTo(before.getString("url"));
      assertThat(ask(after).body()).isEqualTo("two");
      assertThat(after.getLong("generation")).isEqualTo(2);
      assertThat(after.getInteger("restarts")).isEqualTo(1);
      assertThat(after.getInteger("pid")).isNotEqualTo(before.getInteger("pid"));
      assertThat(after.getString("folder")).isEqualTo("agents/greeter");
      assertThat(after.getString("language")).isEqualTo("python");
      assertThat(after.getString("mode")).isEqualTo("blue-green");
      assertThat(after.getJsonObject("traffic").getLong("failed")).isZero();
      awaitGeneration(events, "agent.stopped", 1);
      assertThat(
              events.take(1).stream()
                  .filter(it -> it.getString("type").equals("agent.active"))
                  .map(it -> it.getLong("generation")))
          .as("one thing is told once")
          .containsExactly(1L, 2L);
    }
  }

  @Test
  void brokenCodeIsRejectedAndTheOldOneAnswers() {
    start();
    JsonObject before = await("greeter", "active");
    try (Http.Events events = http.events("?type=agent.*")) {
      agents.program("greeter", "raise RuntimeError('out of yarn')");
      JsonObject rejected = events.await("agent.rejected");

      assertThat(rejected.getJsonArray("last_lines").encode())
          .contains("RuntimeError: out of yarn");
      JsonObject row = statusOf("greeter");
      assertThat(row.getString("phase")).isEqualTo("active");
      assertThat(row.getJsonObject("rejection").getString("reason"))
          .isEqualTo(rejected.getString("reason"))
          .isNotBlank();
      assertThat(status().getString("state")).isEqualTo("degraded");
      JsonObject rejection = process("greeter").getJsonObject("rejection");
      assertThat(rejection.getLong("generation")).isEqualTo(2);
      assertThat(rejection.getJsonArray("last_lines").encode())
          .contains("RuntimeError: out of yarn");
      assertThat(ask(before).body()).isEqualTo("one");

      agents.program("greeter", "answer = (");
      Awaitility.await()
          .untilAsserted(() ->
              assertThat(process("greeter").getJsonObject("rejection").getLong("generation"))
                  .isEqualTo(3));
      JsonObject diagnostic =
          process("greeter")
              .getJsonObject("rejection")
              .getJsonArray("diagnostics")
              .getJsonObject(0);
      assertThat(diagnostic.getString("file")).isEqualTo("agents/greeter/main.py");
      assertThat(ask(before).body()).isEqualTo("one");

      agents.agent("greeter", "mended");
      awaitGeneration(events, "agent.active", 4);
      assertThat(process("greeter").getJsonObject("rejection")).isNull();
      assertThat(status().getString("state")).isEqualTo("ok");
      assertThat(ask(before).body()).isEqualTo("mended");
    }
  }

  @Test
  void isStoppedStartedAndRestartedByHttp() {
    start();
    JsonObject before = await("greeter", "active");

    Http.Response restarted = http.post(AT + "/greeter/restart");
    assertThat(restarted.status()).isEqualTo(200);
    assertThat(restarted.json().getString("phase")).isEqualTo("active");
    assertThat(restarted.json().getLong("generation")).isEqualTo(2);
    assertThat(restarted.json().getString("url")).isEqualTo(before.getString("url"));

    Http.Response stopped = http.post(AT + "/greeter/stop");
    assertThat(stopped.json().getString("phase")).isEqualTo("stopped");
    assertThat(stopped.json().getValue("pid")).isNull();
    assertThat(ask(before).status()).isEqualTo(503);
    assertThat(entry("greeter").getString("status")).isEqualTo("offline");

    Http.Response started = http.post(AT + "/greeter/start");
    assertThat(started.json().getString("phase")).isEqualTo("active");
    assertThat(ask(started.json()).body()).isEqualTo("one");
    assertThat(entry("greeter").getString("status")).isEqualTo("healthy");

    Http.Response later = http.post(AT + "/greeter/restart?wait=false");
    assertThat(later.status()).isEqualTo(202);
    Awaitility.await()
        .untilAsserted(() -> assertThat(process("greeter").getLong("generation")).isEqualTo(4));
  }

  private JsonObject entry(String id) {
    return http.get(AT).array().stream()
        .map(JsonObject.class::cast)
        .filter(it -> it.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void refusesWhatIsNotThereAndWhoMayNot() {
    start();
    await("greeter", "active");
    for (String path : List.of("/greter", "/greter/logs")) {
      Http.Response missing = http.get(AT + path);
      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.json().getString("code")).isEqualTo("PIRN-A051");
      assertThat(missing.json().getString("detail")).isEqualTo("agent not found: greter");
      assertThat(missing.json().getString("help")).isEqualTo("did you mean \"greeter\"?");
    }
    for (String word : List.of("start", "stop", "restart")) {
      Http.Response missing = http.post(AT + "/greter/" + word);
      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.json().getString("help")).isEqualTo("did you mean \"greeter\"?");
      assertThat(Http.of(server).post(AT + "/greeter/" + word).status()).isEqualTo(401);
    }
    assertThat(http.post(AT + "/greeter/restart?wait=no").json().getString("detail"))
        .isEqualTo("\"wait\" must be true or false, found \"no\"");
    assertThat(http.get(AT + "/greeter/logs?tail=1001").status()).isEqualTo(400);
  }

  @Test
  void takesMoreAgents() {
    start();
    await("greeter", "active");
    agents.site().write("elsewhere/echo/main.py", read("agents/greeter/main.py"));

    Http.Response added = http.post(AT, paths("elsewhere/echo"));
    assertThat(added.status()).as(added.body()).isEqualTo(200);
    assertThat(added.json().getJsonArray("diagnostics")).isEmpty();
    JsonObject echo = added.json().getJsonArray("agents").getJsonObject(0);
    assertThat(echo.getString("folder")).isEqualTo("elsewhere/echo");
    assertThat(ask(await("echo", "active")).body()).isEqualTo("one");

    Http.Response missing = http.post(AT, paths("elsewhere/none"));
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.json().getString("code")).startsWith("PIRN-A");
    assertThat(status().getJsonObject("agents").getJsonArray("diagnostics")).isEmpty();
    for (JsonObject bad :
        List.of(
            new JsonObject(),
            new JsonObject().put("paths", "x"),
            new JsonObject().put("paths", new JsonArray().add(1)))) {
      Http.Response refused = http.post(AT, bad);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().getString("detail"))
          .isEqualTo("the body must have 1 to 100 texts as \"paths\"");
    }
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject paths(String path) {
    return new JsonObject().put("paths", new JsonArray().add(path));
  }

  @Test
  void isAliveThroughTenSwapsWithoutAGap() throws InterruptedException {
    agents.definition("greeter", "metadata: { name: The greeter, version: 1.0.0, tags: [x] }\n");
    start();
    JsonObject before = await("greeter", "active");
    Awaitility.await()
        .untilAsserted(() -> assertThat(entry("greeter").getString("status")).isEqualTo("healthy"));
    assertThat(entry("greeter").getString("name")).isEqualTo("The greeter");
    assertThat(entry("greeter").getString("version")).isEqualTo("1.0.0");
    assertThat(entry("greeter").getJsonArray("tags")).containsExactly("x");
    String since = entry("greeter").getString("registered_at");
    AtomicBoolean ended = new AtomicBoolean();
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              while (!ended.get() && wrong.isEmpty()) {
                JsonObject entry = entry("greeter");
                if (!"healthy".equals(entry.getString("status"))
                    || !since.equals(entry.getString("registered_at"))
                    || !before.getString("url").equals(entry.getString("endpoint"))) {
                  wrong.add(entry.encode());
                }
              }
            });
    for (int i = 0; i < 10; i++) {
      assertThat(http.post(AT + "/greeter/restart").json().getString("phase")).isEqualTo("active");
    }
    agents.definition("greeter", "metadata: { name: The greeter, version: 1.1.0 }\n");
    Awaitility.await()
        .untilAsserted(() -> assertThat(entry("greeter").getString("version")).isEqualTo("1.1.0"));
    ended.set(true);
    reader.join();
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatAnAgentSaysOfItselfCountsAtItsAddressThatStays() {
    start();
    JsonObject process = await("greeter", "active");
    Http.Response beat = http.post("/heartbeat", AliveRoutesTest.agent("greeter", "greeting", ""));
    assertThat(beat.status()).isEqualTo(200);

    JsonObject entry = entry("greeter");
    assertThat(entry.getString("endpoint")).isEqualTo(process.getString("url"));
    assertThat(entry.getJsonArray("capabilities").getJsonObject(0).getString("name"))
        .isEqualTo("greeting");
    assertThat(http.send("DELETE", "/agents/greeter", "").status()).isEqualTo(204);
    assertThat(entry("greeter").getString("status")).isEqualTo("healthy");
    http.post(AT + "/greeter/stop");
    assertThat(entry("greeter").getString("status")).isEqualTo("offline");
  }

  @Test
  void oneThatHasToBeMendedIsUnhealthyAndStaysRegistered() {
    start();
    JsonObject process = await("greeter", "active");
    String since = entry("greeter").getString("registered_at");
    agents.program("greeter", "answer = (");
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(statusOf("greeter").getJsonObject("rejection")).isNotNull());
    ProcessHandle.of(process.getLong("pid")).orElseThrow().destroyForcibly();
    await("greeter", "failed");
    assertThat(entry("greeter").getString("status")).isEqualTo("unhealthy");
    assertThat(ask(process).status()).isEqualTo(503);

    agents.agent("greeter", "mended");
    await("greeter", "active");

    assertThat(entry("greeter").getString("status")).isEqualTo("healthy");
    assertThat(entry("greeter").getString("registered_at")).isEqualTo(since);
    assertThat(ask(process).body()).isEqualTo("mended");
  }

  @Test
  void aSettingRestartsWhoTakesItAndNobodyElse() {
    agents.site().write(".env", "COLOR=red\nSIZE=1\n");
    agents.program("painter", "import os; answer = os.environ['COLOR']");
    agents.definition("painter", "settings: [COLOR]\n");
    start();
    JsonObject painter = await("painter", "active");
    await("greeter", "active");
    assertThat(ask(painter).body()).isEqualTo("red");

    agents.site().write(".env", "COLOR=blue\nSIZE=1\n");
    Awaitility.await()
        .untilAsserted(() -> assertThat(ask(process("painter")).body()).isEqualTo("blue"));
    agents.site().write(".env", "COLOR=blue\nSIZE=2\n");
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(http.get("/api/v1/settings/SIZE").json().getString("value")).isEqualTo("2"));

    assertThat(process("painter").getLong("generation")).isEqualTo(2);
    assertThat(process("greeter").getLong("generation")).isEqualTo(1);
    assertThat(http.get("/api/v1/events?follow=false").body()).doesNotContain("\"red\":");
  }

  @Test
  void followsTheConfiguration() {
    agents.site().config("agents: { enabled: false }");
    start();
    assertThat(status().getJsonObject("agents").getBoolean("enabled")).isFalse();
    Http.Response off = http.post(AT + "/greeter/start");
    assertThat(off.status()).isEqualTo(409);
    assertThat(off.json().getString("code")).isEqualTo("PIRN-S033");
    assertThat(http.get(AT).array()).isEmpty();

    agents.site().config("agents: { enabled: true }");
    Awaitility.await().until(() -> status().getJsonObject("agents").getBoolean("enabled"));
    JsonObject process = await("greeter", "active");
    assertThat(ask(process).body()).isEqualTo("one");

    agents.site().write("more/echo/main.py", read("agents/greeter/main.py"));
    agents.site().config("agents: { dirs: [more] }");
    Awaitility.await().untilAsserted(() -> assertThat(http.get(AT).body()).contains("\"echo\""));
    await("echo", "active");
    assertThat(http.get(AT + "/greeter").status()).isEqualTo(404);

    agents.site().config("agents: { dirs: [more], enabled: false }");
    Awaitility.await().untilAsserted(() -> assertThat(http.get(AT).array()).isEmpty());
    assertThat(status().getJsonObject("patterns").getInteger("count")).isEqualTo(2);
  }

  @Test
  void optionsGoBeforeTheConfiguration() {
    agents.site().config("agents: { enabled: false }");
    agents.agent("other", "other");
    start(
        agents
            .site()
            .options()
            .agents(
                AgentsWanted.AS_CONFIGURED
                    .enabled(true)
                    .reload(false)
                    .paths(List.of(Path.of("agents/greeter")))));
    JsonObject process = await("greeter", "active");
    assertThat(http.get(AT + "/other").status()).isEqualTo(404);

    agents.agent("greeter", "two");
    Http.Response restarted = http.post(AT + "/greeter/restart");
    assertThat(restarted.json().getLong("generation")).as("only the restart").isEqualTo(2);
    assertThat(ask(process).body()).isEqualTo("two");
  }

  @Test
  void aBrokenDefinitionIsAmongTheProblems() {
    start();
    await("greeter", "active");
    agents.definition("greeter", "prot: 80\n");
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(status().getJsonObject("agents").getJsonArray("diagnostics").encode())
                .contains("prot", "agents/greeter/agent.yaml"));
    assertThat(status().getString("state")).isEqualTo("degraded");
    assertThat(http.get("/readyz").status()).isEqualTo(200);
    assertThat(process("greeter").getString("phase")).isEqualTo("active");
  }

  @Test
  void explainsWhatAFileDoesToAgents() {
    start();
    await("greeter", "active");
    JsonArray verdicts =
        http.get("/api/v1/watches/explain?path=agents/greeter/main.py")
            .json()
            .getJsonArray("agents");
    assertThat(verdicts).hasSize(1);
    assertThat(verdicts.getJsonObject(0).getString("agent")).isEqualTo("greeter");
    assertThat(verdicts.getJsonObject(0).getString("effect")).isEqualTo("restart");
    assertThat(verdicts.getJsonObject(0).getString("reason")).isNotBlank();
  }

  @Test
  void measuresWhatHappens() {
    start();
    JsonObject process = await("greeter", "active");
    ask(process);
    http.post(AT + "/greeter/restart");
    agents.program("greeter", "raise RuntimeError()");
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(statusOf("greeter").getJsonObject("rejection")).isNotNull());
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(http.get("/metrics").body())
                .contains("pirn_agent_swap_seconds_count{agent=\"greeter\",step=\"drain\"} 1"));

    assertThat(http.get("/metrics").body())
        .contains(
            "pirn_agent_phase{agent=\"greeter\",phase=\"active\"} 1.0",
            "pirn_agent_phase{agent=\"greeter\",phase=\"stopped\"} 0.0",
            "pirn_agent_generation{agent=\"greeter\"} 2.0",
            "pirn_agent_restarts_total{agent=\"greeter\"} 1.0",
            "pirn_agent_crashes_total{agent=\"greeter\"} 0.0",
            "pirn_agent_rejected_total{agent=\"greeter\"} 1.0",
            "pirn_agent_swap_seconds_count{agent=\"greeter\",step=\"precheck\"} 2",
            "pirn_agent_swap_seconds_count{agent=\"greeter\",step=\"start\"} 2",
            "pirn_agent_swap_seconds_count{agent=\"greeter\",step=\"ready\"} 2",
            "pirn_agent_swap_seconds_count{agent=\"greeter\",step=\"swap\"} 2",
            "pirn_agent_requests_total{agent=\"greeter\"} 1.0",
            "pirn_agent_requests_failed_total{agent=\"greeter\"} 0.0",
            "pirn_agent_held{agent=\"greeter\"} 0.0",
            "pirn_agent_replayed_total{agent=\"greeter\"} 0.0");
    agents.site().config("agents: { enabled: false }");
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(http.get("/metrics").body()).doesNotContain("pirn_agent_phase"));
  }

  @Test
  void closingEndsTheProcesses() {
    start();
    long pid = await("greeter", "active").getLong("pid");
    assertThat(ProcessHandle.of(pid)).isPresent();

    server.close();

    Awaitility.await()
        .untilAsserted(
            () -> assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty());
  }
}
