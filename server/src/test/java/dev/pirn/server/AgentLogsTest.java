package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What agents print, as an array and as it comes.
@Timeout(120)
class AgentLogsTest {
  private static final String AT = "/api/v1/agents";

  @TempDir private Path folder;
  private AgentSite agents;
  private Server server;
  private Http http;

  @BeforeEach
  void start() {
    agents = AgentSite.in(folder);
    agents.agent("greeter", "one");
    server = agents.site().start();
    http = Http.of(server).token(server);
    awaitActive("greeter");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String awaitActive(String name) {
    Awaitility.await()
        .untilAsserted(() ->
            // Until it has been found it has no process.
            assertThat(http.get(AT + "/" + name).body()).contains("\"phase\":\"active\""));
    return process(name).getString("url");
  }

  private JsonObject process(String name) {
    return http.get(AT + "/" + name).json().getJsonObject("process");
  }

  private List<String> texts(String path) {
    return http.get(AT + path).array().stream()
        .map(it -> ((JsonObject) it).getString("text"))
        .toList();
  }

  @Test
  void areKeptAndGivenAsAnArray() {
    String url = process("greeter").getString("url");
    IntStream.range(0, 3).forEach(i -> Http.of(url).get("/" + i));
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(texts("/greeter/logs?tail=2"))
                .containsExactly("asked for /1", "asked for /2"));
    assertThat(texts("/greeter/logs")).contains("listening as one", "asked for /0", "asked for /2");
    assertThat(texts("/logs?tail=1")).containsExactly("asked for /2");
    assertThat(texts("/logs?tail=0")).isEmpty();
    JsonObject line = http.get(AT + "/greeter/logs?tail=1").array().getJsonObject(0);
    assertThat(line.fieldNames()).containsExactly("time", "agent", "generation", "error", "text");
    assertThat(line.getString("agent")).isEqualTo("greeter");
    assertThat(line.getLong("generation")).isEqualTo(1);
    assertThat(line.getBoolean("error")).isFalse();
  }

  @Test
  void areFollowedWithoutOneMissedOrToldTwice() {
    agents.agent("other", "two");
    String url = awaitActive("greeter");
    String other = awaitActive("other");
    Http.of(url).get("/before");
    Awaitility.await()
        .untilAsserted(() -> assertThat(texts("/greeter/logs")).contains("asked for /before"));
    try (Http.Events lines = http.lines(AT + "/greeter/logs?tail=1");
        Http.Events all = http.lines(AT + "/logs?tail=0")) {
      lines.take(1);
      for (int i = 0; i < 20; i++) {
        Http.of(url).get("/" + i);
      }
      Http.of(other).get("/elsewhere");

      List<String> told = lines.take(21).stream().map(it -> it.getString("text")).toList();
      assertThat(told.getFirst()).isEqualTo("asked for /before");
      assertThat(told.subList(1, 21))
          .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "asked for /" + i).toList());
      // Each has its own pipe: between agents there is no order.
      assertThat(
              all.take(21).stream().map(it -> it.getString("agent") + " " + it.getString("text")))
          .hasSize(21)
          .contains("other asked for /elsewhere")
          .contains("greeter asked for /19");
    }
  }

  @Test
  void aClientThatDoesNotReadIsToldHowMuchItLostAndHoldsUpNobody() {
    agents.agent("chatty", "quiet");
    awaitActive("chatty");
    try (Http.Events slow = http.lines(AT + "/chatty/logs?tail=0")) {
      agents.program(
          "chatty",
          """
          answer = "chatty"
          import threading
          def talk():
              for i in range(40000):
                  print(str(i) + " " + "x" * 200)
              print("said all", flush=True)
          threading.Timer(0.1, talk).start()
          """);
      Awaitility.await()
          .atMost(java.time.Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(texts("/chatty/logs?tail=1")).contains("said all"));

      long lines = 0;
      long lost = 0;
      for (int i = 1; ; i++) {
        JsonObject next = slow.take(i).get(i - 1);
        if (next.containsKey("lost")) {
          lost += next.getLong("lost");
        } else {
          lines++;
          if (next.getString("text").equals("said all")) {
            break;
          }
        }
      }
      assertThat(lost).as("lost").isPositive();
      assertThat(lines + lost).as("%d told, %d lost", lines, lost).isGreaterThanOrEqualTo(40_001);
    }
  }
}
