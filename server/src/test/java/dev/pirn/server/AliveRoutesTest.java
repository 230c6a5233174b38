package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.registry.AliveOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AliveRoutesTest {
  @TempDir private Path folder;
  private Server server;
  private Http http;

  @BeforeEach
  void start() {
    server = Site.in(folder).start();
    http = Http.of(server).token(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static JsonObject agent(String id, String offers, String needs) {
    JsonArray dependencies = new JsonArray();
    if (!needs.isEmpty()) {
      dependencies.add(new JsonObject().put("capability", needs).put("required", true));
    }
    JsonObject tool =
        new JsonObject()
            .put("function_name", "f")
            .put("capability", offers)
            .put("dependencies", dependencies);
    return new JsonObject()
        .put("agent_id", id)
        .put("http_port", 9000)
        .put("tools", new JsonArray().add(tool));
  }

  private int head(String path) {
    return Http.of(server).send("HEAD", path, "").status();
  }

  private int delete(String path) {
    return http.send("DELETE", path, "").status();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/api/v1"})
  void anAgentComesTellsHearsAndGoes(String at) {
    assertThat(head(at + "/heartbeat/user")).isEqualTo(410);
    Http.Response first = http.post(at + "/heartbeat", agent("user", "ui", "date"));

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().getString("status")).isEqualTo("success");
    assertThat(first.json().getString("agent_id")).isEqualTo("user");
    assertThat(first.json().getString("message")).isEqualTo("the agent is registered");
    assertThat(first.json().getJsonObject("dependencies_resolved").getJsonArray("f").encode())
        .isEqualTo(
            "[{\"agent_id\":null,\"function_name\":null,\"endpoint\":null,\"capability\":\"date\",\"status\":\"unavailable\"}]");
    assertThat(head(at + "/heartbeat/user")).isEqualTo(200);

    http.post(at + "/heartbeat", agent("clock", "date", ""));
    assertThat(head(at + "/heartbeat/user")).isEqualTo(202);
    Http.Response again = http.post(at + "/heartbeat", agent("user", "ui", "date"));
    assertThat(again.json().getString("message")).isEqualTo("the lease is renewed");
    assertThat(again.json().getJsonObject("dependencies_resolved").getJsonArray("f").encode())
        .isEqualTo(
            "[{\"agent_id\":\"clock\",\"function_name\":\"f\",\"endpoint\":\"http://127.0.0.1:9000\",\"capability\":\"date\",\"status\":\"available\"}]");
    assertThat(head(at + "/heartbeat/user")).isEqualTo(200);

    assertThat(delete(at + "/agents/clock")).isEqualTo(204);
    assertThat(delete(at + "/agents/clock")).isEqualTo(404);
    assertThat(head(at + "/heartbeat/user")).isEqualTo(202);
    assertThat(head(at + "/heartbeat/clock")).isEqualTo(410);
  }

  @Test
  void listsAgentsAsOthersDoAndBare() {
    http.post("/heartbeat", agent("user", "ui", "date"));

    JsonObject envelope = http.get("/agents").json();
    assertThat(envelope.getInteger("count")).isEqualTo(1);
    JsonArray bare = http.get("/api/v1/agents").array();
    assertThat(bare).isEqualTo(envelope.getJsonArray("agents"));
    JsonObject user = bare.getJsonObject(0);
    assertThat(user.getString("id")).isEqualTo("user");
    assertThat(user.getString("status")).isEqualTo("degraded");
    assertThat(user.getString("endpoint")).isEqualTo("http://127.0.0.1:9000");
    assertThat(user.getInteger("total_dependencies")).isEqualTo(1);
    assertThat(user.getInteger("dependencies_resolved")).isZero();
    assertThat(user.getJsonArray("capabilities").getJsonObject(0).getString("name"))
        .isEqualTo("ui");
  }

  @Test
  void whatChangesSomethingNeedsTheTokenAndABeatDoesNot() {
    Http anybody = Http.of(server);
    JsonObject agent = agent("a", "x", "");
    assertThat(anybody.post("/heartbeat", agent).status()).isEqualTo(401);
    assertThat(http.post("/heartbeat", agent).status()).isEqualTo(200);
    assertThat(anybody.send("DELETE", "/agents/a", "").status()).isEqualTo(401);
    assertThat(head("/heartbeat/a")).isEqualTo(200);
    assertThat(
            anybody.with("Sec-Fetch-Site", "cross-site").send("HEAD", "/heartbeat/a", "").status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"agent_id\":\"a b\",\"tools\":[{\"function_name\":\"f\",\"capability\":\"c\"}]} | 400",
        "{\"agent_id\":\"a\",\"tools\":[]} | 400",
        "{\"agent_id\":\"a\"} | 400",
        "{\"tools\":[{\"function_name\":\"f\",\"capability\":\"c\"}]} | 400",
        "{\"agent_id\":\"a\",\"tools\":[{\"function_name\":\"f\"}]} | 400",
        "{\"agent_id\":\"a\",\"http_port\":70000,\"tools\":[{\"function_name\":\"f\",\"capability\":\"c\"}]} | 400",
        "{\"agent_id\":\"a\",\"runtime\":\"cobol\",\"tools\":[{\"function_name\":\"f\",\"capability\":\"c\"}]} | 400",
        "agent_id: a | 400",
        "[] | 400",
        "{ | 400"
      })
  void refusesBadData(String body, int status) {
    Http.Response refused =
        http.with("Content-Type", "application/json").send("POST", "/heartbeat", body);

    assertThat(refused.status()).as(refused.body()).isEqualTo(status);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json().getString("code")).startsWith("PIRN-");
    assertThat(http.get("/agents").json().getInteger("count")).isZero();
  }

  @Test
  void refusesWhatIsTooLargeOrNotJson() {
    JsonObject large = agent("a", "x", "").put("more", "x".repeat(AliveRoutes.MOST_BYTES));
    assertThat(http.post("/heartbeat", large).status()).isEqualTo(413);
    assertThat(http.yaml("/heartbeat", agent("a", "x", "").encode()).status()).isEqualTo(415);
  }

  @Test
  void understandsJsonAsItsWritersWriteIt() {
    String text =
        "{\n\t\"agent_id\" :\t\"a\",\r\n\t\"name\": \"\\ud83d\\ude00 \\/ \\u00e4\",\n\t\"kwargs\": {\"deep\": [1, null, true, 1.5e3]},\n\t\"tools\": [\n\t\t{\"function_name\": \"f\", \"capability\": \"c\", \"inputSchema\": {\"$ref\": \"#/x\", \"*\": \"&x\"}}\n\t]\n}\n";
    Http.Response answer =
        http.with("Content-Type", "application/json; charset=utf-8")
            .send("POST", "/heartbeat", text);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(http.get("/api/v1/agents").array().getJsonObject(0).getString("name"))
        .isEqualTo("\uD83D\uDE00 / \u00e4");
  }

  @Test
  void tellsWhoCameAndWhoWasNotHeardOfAnyMore() {
    server.close();
    AliveOptions leases = new AliveOptions(Duration.ofMillis(100), Duration.ofMillis(300), 1);
    server = Server.start(Site.in(folder).options(), new EventLog(), leases);
    http = Http.of(server).token(server);
    try (Http.Events events = http.events("?type=agent.*")) {
      http.post("/heartbeat", agent("a", "x", ""));
      JsonObject active = events.await("agent.active");
      assertThat(active.getString("name")).isEqualTo("a");
      assertThat(active.getString("source")).isEqualTo("agents");
      assertThat(active.getString("reason")).isEqualTo("registered");

      JsonObject stopped = events.await("agent.stopped");
      assertThat(stopped.getString("reason")).isEqualTo("evicted");
      assertThat(stopped.getString("endpoint")).isEqualTo("http://127.0.0.1:9000");
    }
    assertThat(head("/heartbeat/a")).isEqualTo(410);
  }

  @Test
  void oneTooManyIsToldToComeBackLater() {
    server.close();
    AliveOptions one = new AliveOptions(Duration.ofSeconds(20), Duration.ofSeconds(60), 1);
    server = Server.start(Site.in(folder).options(), new EventLog(), one);
    http = Http.of(server).token(server);
    http.post("/heartbeat", agent("a", "x", ""));
    Http.Response refused = http.post("/heartbeat", agent("b", "x", ""));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().getString("code")).isEqualTo("PIRN-R051");
    assertThat(head("/heartbeat/a")).isEqualTo(200);
  }

  @Test
  void anAnswerWithoutABodyLeavesTheConnectionUsable() throws IOException {
    http.post("/heartbeat", agent("a", "x", ""));
    String head = "HEAD /heartbeat/a HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String delete =
        "DELETE /agents/a HTTP/1.1\r\nHost: localhost\r\nX-Pirn-Token: %s\r\n\r\n"
            .formatted(server.token());
    try (Socket socket = new Socket("127.0.0.1", java.net.URI.create(server.url()).getPort())) {
      socket.setSoTimeout(20_000);
      for (String request : new String[] {head, delete, head}) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        String status = Http.line(socket.getInputStream());
        assertThat(Http.headers(socket.getInputStream())).doesNotContainKey("transfer-encoding");
        assertThat(status).contains(request.equals(delete) ? " 204 " : "HTTP/1.1 ");
      }
    }
  }
}
