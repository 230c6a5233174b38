package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Leases that who runs agents holds for them.
@Timeout(60)
class HeldLeaseTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualClock clock = new ManualClock();
  private final AliveAgents alive =
      AliveAgents.open(new AliveOptions(Duration.ofSeconds(20), Duration.ofSeconds(60), 2), clock);
  private final List<String> events = new ArrayList<>();

  HeldLeaseTest() {
    alive.onEvent(event -> events.add(event.agentId() + " " + event.reason().word()));
  }

  private static HeldLease lease(String id, @Nullable String version) {
    return new HeldLease(id, "Agent " + id, version, null, List.of("x"), "127.0.0.1", 81);
  }

  private static Heartbeat heartbeat(String id, String offers) {
    return AliveAgentsTest.agent(id, offers, "");
  }

  private AliveAgent agent(String id) {
    return alive.get(id).orElseThrow();
  }

  private List<String> tools(String id) {
    return agent(id).heartbeat().tools().stream().map(AgentTool::capability).toList();
  }

  @Test
  void silenceDoesNotEndItAndNobodyIsWoken() {
    alive.hold(lease("a", "2.0.0"));
    assertThat(clock.waiting()).isZero();
    clock.forward(HOUR);

    assertThat(agent("a").status()).isEqualTo(AliveStatus.HEALTHY);
    assertThat(agent("a").lastSeen()).isEqualTo(agent("a").since().plus(HOUR));
    assertThat(clock.woken()).isZero();
    Map<String, @Nullable Object> map = alive.list(AgentRegistry.empty()).getFirst().toMap();
    assertThat(map)
        .containsEntry("name", "Agent a")
        .containsEntry("version", "2.0.0")
        .containsEntry("endpoint", "http://127.0.0.1:81")
        .containsEntry("runtime", null)
        .containsEntry("tags", List.of("x"))
        .containsEntry("capabilities", List.of());
    assertThat(events).containsExactly("a held");

    assertThat(alive.release("a")).isTrue();
    assertThat(alive.release("a")).isFalse();
    assertThat(alive.get("a")).isEmpty();
    assertThat(events).containsExactly("a held", "a released");
  }

  @Test
  void anotherVersionFollowsWithoutAGap() {
    alive.hold(lease("a", "1.0.0"));
    alive.hold(lease("a", "1.1.0"));

    assertThat(agent("a").heartbeat().version()).isEqualTo("1.1.0");
    assertThat(events).containsExactly("a held");
  }

  @Test
  void itsToolsCountAndItsAddressStays() {
    alive.hold(lease("a", "2.0.0"));
    assertThat(alive.beat("a")).as("it has not said its tools").isEqualTo(Beat.UNKNOWN);
    alive.register(heartbeat("a", "greeting"));
    assertThat(alive.beat("a")).isEqualTo(Beat.UNCHANGED);
    alive.register(AliveAgentsTest.agent("user", "ui", "greeting"));

    assertThat(agent("user").dependencies().get("f"))
        .containsExactly(
            new ResolvedTool(
                "greeting", "a", "f", "http://127.0.0.1:81", ResolvedTool.Status.AVAILABLE));
    assertThat(agent("a").heartbeat().version()).isEqualTo("2.0.0");
    assertThat(events).containsExactly("a held", "user registered");
  }

  @Test
  void whatItSaysIsForgottenWhenItIsNotHeardOf() {
    alive.hold(lease("a", null));
    alive.register(heartbeat("a", "greeting"));
    clock.forward(Duration.ofSeconds(59));
    assertThat(tools("a")).containsExactly("greeting");
    assertThat(agent("a").status()).isEqualTo(AliveStatus.HEALTHY);

    clock.forward(Duration.ofSeconds(1));

    assertThat(clock.woken()).isEqualTo(1);
    assertThat(tools("a")).isEmpty();
    assertThat(agent("a").status()).isEqualTo(AliveStatus.HEALTHY);
    assertThat(clock.waiting()).isZero();
    assertThat(alive.beat("a")).isEqualTo(Beat.UNKNOWN);
    alive.register(heartbeat("a", "greeting"));
    assertThat(clock.waiting()).isEqualTo(1);
    assertThat(tools("a")).containsExactly("greeting");
  }

  @Test
  void theGoodbyeOfOneProcessTakesNothingFromTheNext() {
    alive.hold(lease("a", null));
    alive.register(heartbeat("a", "greeting"));

    assertThat(alive.deregister("a")).isTrue();

    assertThat(tools("a")).containsExactly("greeting");
    assertThat(events).containsExactly("a held");
  }

  @Test
  void oneThatRegisteredItselfIsTakenOver() {
    alive.register(heartbeat("a", "greeting"));
    clock.forward(Duration.ofSeconds(30));
    assertThat(agent("a").status()).isEqualTo(AliveStatus.UNHEALTHY);
    alive.hold(lease("a", null));

    assertThat(agent("a").status()).isEqualTo(AliveStatus.HEALTHY);
    assertThat(agent("a").heartbeat().endpoint()).isEqualTo("http://127.0.0.1:81");
    assertThat(tools("a")).containsExactly("greeting");
    clock.forward(HOUR);
    assertThat(agent("a").heartbeat().name()).isEqualTo("Agent a");
    assertThat(events).containsExactly("a registered");
  }

  @Test
  void thoseThatAreHeldDoNotKeepOthersFromExpiring() {
    alive.hold(lease("a", null));
    alive.register(heartbeat("b", "x"));
    clock.forward(Duration.ofSeconds(60));

    assertThat(alive.get("b")).isEmpty();
    assertThat(events).containsExactly("a held", "b registered", "b evicted");
  }

  @Test
  void thoseThatAreHeldAreNeverTooMany() {
    alive.register(heartbeat("a", "x"));
    alive.register(heartbeat("b", "x"));
    alive.hold(lease("c", null));

    assertThat(agent("c").status()).isEqualTo(AliveStatus.HEALTHY);
    assertThat(alive.register(heartbeat("d", "x")).value()).isNull();
    assertThat(alive.register(heartbeat("c", "x")).value()).isNotNull();
  }

  @Test
  void afterClosingNothingIsHeld() {
    alive.hold(lease("a", null));
    alive.close();
    alive.hold(lease("b", null));

    assertThat(alive.release("a")).isFalse();
    assertThat(events).containsExactly("a held");
  }

  @Test
  void anAddressIsNeeded() {
    assertThatThrownBy(() -> new HeldLease("a", null, null, null, List.of(), "127.0.0.1", 0))
        .hasMessage("\"a\" at port 0 cannot be an agent");
  }
}
