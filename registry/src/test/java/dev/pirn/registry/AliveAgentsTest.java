package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AliveAgentsTest {
  private final ManualClock clock = new ManualClock();
  private final AliveAgents alive = AliveAgents.open(AliveOptions.DEFAULTS, clock);
  private final List<String> events = new ArrayList<>();

  AliveAgentsTest() {
    alive.onEvent(event -> events.add(event.agentId() + " " + event.reason().word()));
  }

  static Heartbeat heartbeat(String json) {
    Decoded<Heartbeat> read = Heartbeat.read(json.getBytes(StandardCharsets.UTF_8));
    return Objects.requireNonNull(read.value(), () -> read.diagnostics().toString());
  }

  /// An agent that offers one tool, and may need another.
  static Heartbeat agent(String id, String offers, String needs) {
    String dependencies =
        needs.isEmpty() ? "[]" : "[{\"capability\":\"%s\",\"required\":true}]".formatted(needs);
    return heartbeat(
        """
        {"agent_id":"%s","http_port":9000,"tools":[
          {"function_name":"f","capability":"%s","dependencies":%s}]}\
        """
            .formatted(id, offers, dependencies));
  }

  private Registration register(Heartbeat heartbeat) {
    return Objects.requireNonNull(alive.register(heartbeat).value());
  }

  private AliveStatus status(String id) {
    return alive.get(id).orElseThrow().status();
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void anAgentIsUnhealthyAfterTwentySecondsAndGoneAfterSixty() {
    assertThat(register(agent("a", "x", "")).first()).isTrue();
    clock.forward(seconds(20).minusNanos(1));
    assertThat(status("a")).isEqualTo(AliveStatus.HEALTHY);
    clock.forward(Duration.ofNanos(1));
    assertThat(status("a")).isEqualTo(AliveStatus.UNHEALTHY);
    clock.forward(seconds(40).minusNanos(1));
    assertThat(status("a")).isEqualTo(AliveStatus.UNHEALTHY);
    assertThat(events).containsExactly("a registered");

    clock.forward(Duration.ofNanos(1));

    assertThat(events).containsExactly("a registered", "a evicted");
    assertThat(alive.get("a")).isEmpty();
    assertThat(alive.beat("a")).isEqualTo(Beat.UNKNOWN);
    assertThat(clock.woken()).isEqualTo(1);
    assertThat(clock.waiting()).isZero();
  }

  @Test
  void aBeatRenewsTheLeaseAndNothingPolls() {
    register(agent("a", "x", ""));
    for (int i = 0; i < 720; i++) {
      clock.forward(seconds(5));
      assertThat(alive.beat("a")).isEqualTo(Beat.UNCHANGED);
      assertThat(clock.waiting()).isEqualTo(1);
    }
    assertThat(status("a")).isEqualTo(AliveStatus.HEALTHY);
    assertThat(events).containsExactly("a registered");
    // In an hour, once each time that the lease might have ended.
    assertThat(clock.woken()).isLessThanOrEqualTo(65);
  }

  @Test
  void whoAsksSeesTheTimeEvenIfNobodyWasWoken() {
    register(agent("a", "x", ""));
    clock.jump(seconds(60));
    assertThat(alive.list(AgentRegistry.empty())).isEmpty();
    assertThat(events).containsExactly("a registered", "a evicted");
  }

  @Test
  void aBeatSaysWhenSomethingElseIsToBeHad() {
    assertThat(register(agent("user", "ui", "date")).agent().status())
        .isEqualTo(AliveStatus.DEGRADED);
    assertThat(alive.beat("user")).isEqualTo(Beat.UNCHANGED);

    register(agent("clock", "date", ""));
    assertThat(alive.beat("user")).isEqualTo(Beat.CHANGED);
    assertThat(alive.beat("user")).as("until it has asked").isEqualTo(Beat.CHANGED);
    assertThat(alive.beat("clock")).as("it needs nothing").isEqualTo(Beat.UNCHANGED);

    Registration told = register(agent("user", "ui", "date"));
    assertThat(told.first()).isFalse();
    assertThat(told.agent().status()).isEqualTo(AliveStatus.HEALTHY);
    assertThat(told.agent().dependencies().get("f"))
        .containsExactly(
            new ResolvedTool(
                "date", "clock", "f", "http://127.0.0.1:9000", ResolvedTool.Status.AVAILABLE));
    assertThat(alive.beat("user")).isEqualTo(Beat.UNCHANGED);

    register(agent("other", "something", ""));
    assertThat(alive.beat("user")).as("no business of its").isEqualTo(Beat.UNCHANGED);
    assertThat(alive.deregister("clock")).isTrue();
    assertThat(alive.beat("user")).isEqualTo(Beat.CHANGED);
    assertThat(alive.deregister("clock")).isFalse();
    assertThat(events)
        .containsExactly(
            "user registered", "clock registered", "other registered", "clock deregistered");
  }

  @Test
  void nobodyIsSentToAnAgentThatIsNotHeardOf() {
    register(agent("user", "ui", "date"));
    register(agent("clock", "date", ""));
    register(agent("user", "ui", "date"));
    clock.forward(seconds(19));
    alive.beat("user");
    clock.forward(seconds(1));
    assertThat(alive.beat("user")).isEqualTo(Beat.CHANGED);
    assertThat(status("user")).isEqualTo(AliveStatus.DEGRADED);

    assertThat(alive.beat("clock")).as("it was late").isEqualTo(Beat.UNCHANGED);
    assertThat(alive.beat("user")).as("as it was told").isEqualTo(Beat.UNCHANGED);
  }

  @Test
  void aProviderThatLacksSomethingIsDegradedForOthers() {
    register(agent("clock", "date", "quartz"));
    List<ResolvedTool> found =
        Objects.requireNonNull(
            register(agent("user", "ui", "date")).agent().dependencies().get("f"));
    assertThat(found)
        .extracting(ResolvedTool::status)
        .containsExactly(ResolvedTool.Status.DEGRADED);
    assertThat(status("user")).as("it has what it requires").isEqualTo(AliveStatus.HEALTHY);
  }

  @Test
  void anAgentThatIsDeclaredAndAliveIsOneEntry() {
    AgentRegistry declared = Sample.read(Sample.text(Sample.example()));
    register(agent("greeter", "greeting", ""));
    register(agent("stranger", "x", ""));

    List<AgentPresence> all = alive.list(declared);
    assertThat(all)
        .extracting(AgentPresence::id)
        .containsExactly("echo", "greeter", "librarian", "old_greeter", "stranger");
    AgentPresence greeter = all.get(1);
    assertThat(greeter.declared()).isNotNull();
    assertThat(greeter.alive()).isNotNull();
    assertThat(greeter.status()).isEqualTo(AliveStatus.HEALTHY);
    assertThat(greeter.toMap()).containsEntry("endpoint", "http://127.0.0.1:9000");
    assertThat(all.get(0).status()).isEqualTo(AliveStatus.OFFLINE);
    assertThat(all.get(0).toMap().keySet()).isEqualTo(greeter.toMap().keySet());
    assertThat(all.get(4).declared()).isNull();
  }

  @Test
  void oneTooManyIsRefusedAndTheOthersStay() {
    AliveAgents few = AliveAgents.open(new AliveOptions(seconds(20), seconds(60), 2), clock);
    few.register(agent("a", "x", ""));
    few.register(agent("b", "x", ""));
    Decoded<Registration> refused = few.register(agent("c", "x", ""));
    assertThat(refused.value()).isNull();
    assertThat(refused.diagnostics()).extracting(Diagnostic::code).containsExactly("PIRN-R051");
    assertThat(few.register(agent("a", "y", "")).value()).isNotNull();
    assertThat(few.list(AgentRegistry.empty())).hasSize(2);
  }

  @Test
  void afterClosingNobodyIsToldAnything() {
    register(agent("a", "x", ""));
    alive.close();
    alive.close();
    clock.forward(seconds(100));
    assertThat(alive.beat("a")).isEqualTo(Beat.CLOSED);
    assertThat(alive.register(agent("b", "x", "")).diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("PIRN-R052");
    assertThat(alive.deregister("a")).isFalse();
    assertThat(events).containsExactly("a registered");
  }

  @Test
  void aListenerMayChangeThingsOrThrow() {
    List<String> second = new ArrayList<>();
    alive.onEvent(event -> {
      if (event.agentId().equals("a") && event.active()) {
        alive.deregister("a");
      }
      throw new IllegalStateException("on purpose");
    });
    alive.onEvent(event -> second.add(event.agentId() + " " + event.reason().word()));
    register(agent("a", "x", ""));
    assertThat(second).containsExactly("a registered", "a deregistered");
    assertThat(events).isEqualTo(second);
  }

  @Test
  void theClockOfTheMachineEndsALeaseByItself() throws InterruptedException {
    CountDownLatch evicted = new CountDownLatch(1);
    try (AliveAgents real =
        AliveAgents.open(new AliveOptions(Duration.ofMillis(20), Duration.ofMillis(50), 10))) {
      real.onEvent(event -> {
        if (event.reason() == AliveEvent.Reason.EVICTED) {
          evicted.countDown();
        }
      });
      real.register(agent("a", "x", ""));
      assertThat(evicted.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void manyAtOnceAreToldOfInTheOrderInWhichItHappened() throws InterruptedException {
    List<String> told = new ArrayList<>();
    AtomicBoolean telling = new AtomicBoolean();
    AtomicBoolean twoAtOnce = new AtomicBoolean();
    try (AliveAgents real = AliveAgents.open(AliveOptions.DEFAULTS)) {
      real.onEvent(event -> {
        twoAtOnce.compareAndSet(false, telling.getAndSet(true));
        told.add(event.agentId() + " " + event.reason().word());
        telling.set(false);
      });
      Heartbeat[] agents = {agent("a", "x", "y"), agent("b", "y", "x"), agent("c", "x", "x")};
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int from = i;
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int turn = from; turn < 3_000; turn++) {
                    Heartbeat agent = agents[turn % 3];
                    real.register(agent);
                    real.beat(agent.agentId());
                    real.list(AgentRegistry.empty());
                    real.deregister(agent.agentId());
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(real.list(AgentRegistry.empty())).isEmpty();
    }
    assertThat(twoAtOnce).isFalse();
    for (String id : List.of("a", "b", "c")) {
      List<String> own = told.stream().filter(it -> it.startsWith(id)).toList();
      assertThat(own).hasSizeGreaterThan(100);
      for (int i = 0; i < own.size(); i++) {
        assertThat(own.get(i)).isEqualTo(id + (i % 2 == 0 ? " registered" : " deregistered"));
      }
    }
  }
}
