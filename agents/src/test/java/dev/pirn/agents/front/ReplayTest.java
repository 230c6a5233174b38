package dev.pirn.agents.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplayTest {
  @RegisterExtension
  final Rig rig = new Rig(FrontOptions.DEFAULTS.holding(Duration.ofSeconds(2), 1_000, 64L << 20));

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aPostThatNobodyAcceptedGoesToTheNextProcess() throws Exception {
    rig.front.forwardTo(new Target(1, "127.0.0.1", freePort())).toCompletableFuture().join();
    try (Wire wire = new Wire(rig.port()).sendPost("/", "{\"id\":1}")) {
      rig.held(1);
      Agent agent = rig.forward(2, (request, line) -> line.ok(request.text()));
      assertThat(wire.answer().body()).isEqualTo("{\"id\":1}");
      assertThat(agent.requests).hasValue(1);
    }
    assertThat(rig.front.statistics().replayed()).isPositive();
    assertThat(rig.front.statistics().failed()).isZero();
  }

  @Test
  void aProcessThatListensAgainIsFoundByItself() throws Exception {
    int port = freePort();
    rig.front.forwardTo(new Target(1, "127.0.0.1", port)).toCompletableFuture().join();
    try (Wire wire = new Wire(rig.port()).sendPost("/", "{}")) {
      rig.held(1);
      try (Agent agent = new Agent((_, line) -> line.ok("back"), port)) {
        assertThat(wire.answer().body()).isEqualTo("back");
        assertThat(agent.requests).hasValue(1);
      }
    }
  }

  @Test
  void aProcessThatNobodyReachesIsGivenUpInTheEnd() throws Exception {
    rig.front.forwardTo(new Target(1, "127.0.0.1", freePort())).toCompletableFuture().join();
    Wire.Answer answer = Wire.post(rig.port(), "/", "{}");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body())
        .contains("the agent was not ready within 2 s; nothing of the request reached it");
  }

  @Test
  void aPostWhoseConnectionBrokeIsNotRepeated() throws IOException {
    Agent agent = rig.forward(1, (_, line) -> line.breakOff());
    Wire.Answer answer = Wire.post(rig.port(), "/", "{\"jsonrpc\":\"2.0\",\"id\":1}");
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"urn:pirn:front:may-have-run\",\"title\":\"Bad Gateway\",\"status\":502,\"detail\":\"the connection to the agent broke after the request was sent and before it was answered; it may have been carried out, and is not repeated\"}");
    assertThat(agent.requests).hasValue(1);
    assertThat(rig.front.statistics().replayed()).isZero();
  }

  @Test
  void neitherAreOtherMethodsThatMayChangeSomething() throws IOException {
    Agent agent = rig.forward(1, (_, line) -> line.close());
    for (String method : new String[] {"PUT", "DELETE", "PATCH", "FETCH"}) {
      try (Wire wire = new Wire(rig.port())) {
        wire.send(method + " / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        assertThat(wire.answer().status()).isEqualTo(502);
      }
    }
    assertThat(agent.requests).hasValue(4);
  }

  @Test
  void aGetWhoseConnectionBrokeIsRepeated() throws IOException {
    AtomicInteger times = new AtomicInteger();
    rig.forward(
        1,
        (_, line) -> {
          if (times.incrementAndGet() < 3) {
            line.breakOff();
          } else {
            line.ok("at last");
          }
        });
    assertThat(Wire.get(rig.port(), "/").body()).isEqualTo("at last");
    assertThat(rig.front.statistics().replayed()).isEqualTo(2);
  }

  @Test
  void aGetThatBreaksEveryProcessIsNotRepeatedForEver() throws IOException {
    Agent agent = rig.forward(1, (_, line) -> line.breakOff());
    Wire.Answer answer = Wire.get(rig.port(), "/");
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body())
        .contains("the connection to the agent broke before it had answered, 3 times in a row");
    assertThat(agent.requests).hasValue(3);
  }

  @Test
  void aGetGoesToTheNextProcessWhenItsOwnDies() throws Exception {
    Agent first =
        rig.agent((_, line) -> {
          // Never answers.
          line.in.read();
        });
    rig.front.forwardTo(first.as(1)).toCompletableFuture().join();
    try (Wire wire = new Wire(rig.port()).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
      rig.inFlight(1, 1);
      rig.forward(2, (_, line) -> line.ok("second"));
      first.close();
      assertThat(wire.answer().body()).isEqualTo("second");
    }
  }

  @Test
  void anAgentThatSpeaksNoHttpIsNoReasonToRepeatAPost() throws IOException {
    Agent agent = rig.forward(1, (_, line) -> line.raw("SSH-2.0-server\r\n\r\n"));
    assertThat(Wire.post(rig.port(), "/", "{}").status()).isEqualTo(502);
    assertThat(agent.requests).hasValue(1);
  }

  @Test
  void anAgentThatSwitchesProtocolsUnaskedIsRefused() throws IOException {
    rig.forward(1, (_, line) -> line.raw("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"));
    Wire.Answer answer = Wire.post(rig.port(), "/", "{}");
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body()).contains("bad-answer");
  }
}
