package dev.pirn.agents.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HoldTest {
  @RegisterExtension final Rig rig = new Rig(FrontOptions.DEFAULTS);

  @RegisterExtension
  final Rig strict =
      new Rig(
          FrontOptions.DEFAULTS
              .holding(Duration.ofMillis(300), 1_000, 1 << 20)
              .readiness("/ready"));

  @RegisterExtension
  final Rig narrow = new Rig(FrontOptions.DEFAULTS.holding(Duration.ofSeconds(30), 3, 1_000));

  @Test
  void requestsWaitUntilTheFirstProcessIsThere() throws Exception {
    try (Wire wire = new Wire(rig.port())) {
      wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      rig.held(1);
      rig.forward(1, (_, line) -> line.ok("first"));
      assertThat(wire.answer().body()).isEqualTo("first");
    }
    assertThat(rig.front.statistics().longestHold()).isPositive();
  }

  @Test
  void aThousandRequestsWaitAndAllAreAnswered() throws Exception {
    rig.front.hold().toCompletableFuture().join();
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      wires.add(new Wire(rig.port()).sendPost("/" + i, "{\"n\":" + i + "}"));
    }
    rig.held(1_000);
    Agent agent = rig.forward(1, (request, line) -> line.ok(request.text()));
    for (int i = 0; i < 1_000; i++) {
      try (Wire wire = wires.get(i)) {
        assertThat(wire.answer().body()).isEqualTo("{\"n\":" + i + "}");
      }
    }
    assertThat(agent.requests).hasValue(1_000);
    assertThat(rig.front.statistics().mostHeld()).isEqualTo(1_000);
  }

  @Test
  void whoHasWaitedTooLongIsToldWhenToComeAgain() throws IOException {
    Wire.Answer answer = Wire.get(strict.port(), "/");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers())
        .containsEntry("retry-after", "1")
        .containsEntry("content-type", "application/problem+json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"urn:pirn:front:held-too-long\",\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\"the agent was not ready within 300 ms; nothing of the request reached it\"}");
    assertThat(strict.front.statistics().failed()).isOne();
    assertThat(strict.front.statistics().held()).isZero();
  }

  @Test
  void aCallByJsonRpcGetsAnErrorOfJsonRpc() throws IOException {
    Wire.Answer answer =
        Wire.post(strict.port(), "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("retry-after", "1")
        .containsEntry("content-type", "application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32000,\"message\":\"the agent was not ready within 300 ms; nothing of the request reached it\",\"data\":{\"type\":\"urn:pirn:front:held-too-long\",\"retryAfterSeconds\":1}}}");
  }

  @Test
  void aBatchOfCallsGetsAnErrorForEachThatWantsAnAnswer() throws IOException {
    strict.front.refuse("the agent is broken", Duration.ofSeconds(5)).toCompletableFuture().join();
    String body =
        Wire.post(
                strict.port(),
                "/",
                "[{\"jsonrpc\":\"2.0\",\"id\":\"a\"},{\"jsonrpc\":\"2.0\",\"method\":\"n\"}]")
            .body();
    assertThat(body)
        .isEqualTo(
            "[{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"error\":{\"code\":-32000,\"message\":\"the agent is broken; nothing of the request reached it\",\"data\":{\"type\":\"urn:pirn:front:agent-unavailable\",\"retryAfterSeconds\":5}}}]");
  }

  @Test
  void whatOnlyLooksLikeJsonRpcGetsAProblem() throws IOException {
    strict.front.refuse("no", Duration.ofSeconds(1)).toCompletableFuture().join();
    for (String body :
        List.of(
            "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}", "{\"jsonrpc\":", "{\"id\":1}", "[1]", "7")) {
      assertThat(Wire.post(strict.port(), "/", body).status()).as(body).isEqualTo(503);
    }
  }

  @Test
  void oneMoreThanMayWaitIsRefusedAtOnce() throws Exception {
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      wires.add(new Wire(narrow.port()).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    }
    narrow.held(3);
    Wire.Answer answer = Wire.get(narrow.port(), "/");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body())
        .contains(
            "as many requests as may wait for the agent do so already (3, or too many bytes); nothing of this one reached it");
    for (Wire wire : wires) {
      wire.close();
    }
  }

  @Test
  void bodiesThatWaitMayNotBeTooLargeTogether() throws Exception {
    try (Wire first = new Wire(narrow.port()).sendPost("/", "x".repeat(900))) {
      narrow.held(1);
      assertThat(Wire.post(narrow.port(), "/", "x".repeat(200)).body()).contains("too-many-held");
      narrow.forward(1, (request, line) -> line.ok("" + request.body().length));
      assertThat(first.answer().body()).isEqualTo("900");
    }
  }

  @Test
  void whoLeavesWaitsNoMore() throws Exception {
    Agent agent = rig.saying("late");
    rig.front.hold().toCompletableFuture().join();
    Wire stays = new Wire(rig.port()).sendPost("/", "{}");
    Wire leaves = new Wire(rig.port()).sendPost("/", "{}");
    rig.held(2);
    leaves.close();
    rig.held(1);
    rig.front.forwardTo(agent.as(1)).toCompletableFuture().join();
    assertThat(stays.answer().body()).isEqualTo("late");
    assertThat(agent.requests).hasValue(1);
    assertThat(rig.front.statistics().left()).isOne();
    stays.close();
  }

  @Test
  void healthIsAnsweredWhileRequestsWait() throws IOException {
    for (String path : List.of("/health", "/ready", "/ready?x")) {
      Wire.Answer answer = Wire.get(strict.port(), path);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"status\":\"restarting\"}");
    }
    assertThat(Wire.get(strict.port(), "/").status()).isEqualTo(503);
    assertThat(Wire.get(strict.port(), "/health").status())
        .as("requests have waited too long")
        .isEqualTo(503);
  }

  @Test
  void healthIsTheAgentsBusinessOtherwise() throws IOException {
    strict.forward(1, (_, line) -> line.ok("well"));
    assertThat(Wire.get(strict.port(), "/health").body()).isEqualTo("well");
    strict.front.refuse("the agent crashed", Duration.ofMillis(1_500)).toCompletableFuture().join();
    Wire.Answer refused = Wire.get(strict.port(), "/health");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers()).containsEntry("retry-after", "2");
    assertThat(refused.body())
        .contains("\"detail\":\"the agent crashed; nothing of the request reached it\"");
  }

  @Test
  void refusingAnswersThoseThatWait() throws Exception {
    try (Wire wire = new Wire(rig.port()).sendPost("/", "{}")) {
      rig.held(1);
      rig.front
          .refuse("the agent does not start", Duration.ofSeconds(3))
          .toCompletableFuture()
          .join();
      assertThat(wire.answer().body()).contains("the agent does not start");
    }
  }

  @Test
  void theConnectionStaysUsableAfterARefusal() throws Exception {
    rig.front.refuse("no", Duration.ofSeconds(1)).toCompletableFuture().join();
    try (Wire wire = new Wire(rig.port())) {
      assertThat(wire.sendPost("/", "{}").answer().status()).isEqualTo(503);
      rig.forward(1, (_, line) -> line.ok("again"));
      assertThat(wire.sendPost("/", "{}").answer().body()).isEqualTo("again");
    }
  }
}
