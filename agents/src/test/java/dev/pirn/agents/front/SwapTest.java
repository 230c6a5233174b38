package dev.pirn.agents.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that never stop asking while processes are swapped and killed behind the front: each
/// request is answered, and carried out once. `-Dpirn.requests=100000` for the long form.
@Timeout(600)
class SwapTest {
  private static final int REQUESTS = Integer.getInteger("pirn.requests", 10_000);
  private static final int SWAPS = Math.max(20, REQUESTS / 1_000);
  private static final int CLIENTS = 16;

  private final Vertx vertx = Vertx.vertx();
  private final FrontPort front = FrontPort.listen(vertx, FrontOptions.DEFAULTS);
  private final Map<String, AtomicInteger> ledger = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final List<Thread> clients = new ArrayList<>();
  private Agent agent;

  @BeforeEach
  void start() {
    agent = agent();
    front.forwardTo(agent.as(0));
    for (int i = 0; i < CLIENTS; i++) {
      boolean keepAlive = i % 2 == 0;
      clients.add(Thread.ofVirtual().name("client-" + i).start(() -> ask(keepAlive)));
    }
  }

  @AfterEach
  void stop() {
    agent.close();
    front.close();
    vertx.close();
  }

  /// Writes down what it carries out, and closes every twentieth connection without a word.
  private Agent agent() {
    return new Agent((request, line) -> {
      String id = request.method().equals("GET") ? request.target() : request.text();
      if (ledger.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet() % 20 == 0) {
        line.close();
      }
      line.ok(id);
      if (id.hashCode() % 20 == 0) {
        line.close();
      }
    });
  }

  private void ask(boolean keepAlive) {
    Wire wire = null;
    try {
      for (int i = asked.incrementAndGet(); i <= REQUESTS; i = asked.incrementAndGet()) {
        wire = wire == null ? new Wire(front.port()) : wire;
        boolean get = i % 2 == 0;
        String id = get ? "/id/" + i : "{\"id\":%d}".formatted(i);
        if (get) {
          wire.send("GET " + id + " HTTP/1.1\r\nHost: a\r\n\r\n");
        } else {
          wire.sendPost("/", id);
        }
        Wire.Answer answer = wire.answer();
        if (answer.status() != 200 || !answer.body().equals(id)) {
          failures.add(id + " got " + answer);
        }
        answered.incrementAndGet();
        if (!keepAlive) {
          wire.close();
          wire = null;
        }
      }
      if (wire != null) {
        wire.close();
      }
    } catch (Exception e) {
      failures.add(e.toString());
    }
  }

  private void allIsWell() throws Exception {
    for (Thread client : clients) {
      client.join();
    }
    assertThat(failures).isEmpty();
    assertThat(ledger).hasSize(REQUESTS);
    assertThat(ledger.values()).allMatch(it -> it.get() == 1);
    // A client may have read its answer before the front has counted it as answered.
    Awaitility.await().until(() -> front.statistics().inFlight().isEmpty());
    FrontStatistics statistics = front.statistics();
    assertThat(statistics.requests()).isEqualTo(REQUESTS);
    assertThat(statistics.failed()).isZero();
    assertThat(statistics.held()).isZero();
  }

  private void reach(int swap) {
    int goal = (int) ((long) REQUESTS * swap / (SWAPS + 1));
    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> answered.get() >= goal || !failures.isEmpty());
  }

  private static void after(int millis) throws Exception {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
        .get();
  }

  @Test
  void noRequestFailsWhenTheNewProcessIsReadyBeforeTheOldOneIsKilled() throws Exception {
    for (int swap = 1; swap <= SWAPS; swap++) {
      reach(swap);
      Agent old = agent;
      agent = agent();
      front.forwardTo(agent.as(swap));
      front.drain(swap - 1, Duration.ofSeconds(2)).toCompletableFuture().get(30, TimeUnit.SECONDS);
      old.close();
    }
    allIsWell();
  }

  @Test
  void noRequestFailsWhenTheOldProcessIsKilledBeforeTheNewOneIsThere() throws Exception {
    for (int swap = 1; swap <= SWAPS; swap++) {
      reach(swap);
      front.hold();
      front.drain(swap - 1, Duration.ofSeconds(2)).toCompletableFuture().get(30, TimeUnit.SECONDS);
      agent.close();
      after(300);
      agent = agent();
      front.forwardTo(agent.as(swap));
    }
    allIsWell();
    assertThat(front.statistics().mostHeld()).isBetween(1, CLIENTS);
    assertThat(front.statistics().longestHold())
        .isBetween(Duration.ofMillis(200), Duration.ofSeconds(9));
  }
}
