package dev.pirn.agents.front;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A front with agents behind it, all of which end with the test.
final class Rig implements AfterEachCallback {
  final Vertx vertx = Vertx.vertx();
  final FrontPort front;
  private final List<Agent> agents = new ArrayList<>();

  Rig(FrontOptions options) {
    front = FrontPort.listen(vertx, options);
  }

  int port() {
    return front.port();
  }

  Agent agent(Agent.Script script) {
    Agent agent = new Agent(script);
    agents.add(agent);
    return agent;
  }

  Agent saying(String text) {
    return agent((_, line) -> line.ok(text));
  }

  /// Forwards to a new agent.
  Agent forward(long generation, Agent.Script script) {
    Agent agent = agent(script);
    front.forwardTo(agent.as(generation)).toCompletableFuture().join();
    return agent;
  }

  CompletableFuture<Void> drain(long generation, Duration streamLimit) {
    return front.drain(generation, streamLimit).toCompletableFuture();
  }

  void held(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> front.statistics().held() == count);
  }

  void inFlight(long generation, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> front.statistics().inFlight().getOrDefault(generation, 0) == count);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    front.close();
    agents.forEach(Agent::close);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
