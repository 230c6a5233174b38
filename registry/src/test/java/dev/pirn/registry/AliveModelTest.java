package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random programs of registering, beating, waiting and leaving, beside a model that computes
/// everything anew each time.
@Timeout(120)
class AliveModelTest {
  private static final int PROGRAMS = Integer.getInteger("pirn.simulations", 100);
  private static final long SEED = Long.getLong("pirn.seed", 1);

  /// What the model knows of an agent.
  private static final class Known {
    String offers = "";
    String needs = "";
    boolean required;
    int minor;
    long heard;
    String told = "";
  }

  private final ManualClock clock = new ManualClock();
  private final AliveAgents alive =
      AliveAgents.open(new AliveOptions(Duration.ofSeconds(20), Duration.ofSeconds(60), 4), clock);
  private final Map<String, Known> model = new TreeMap<>();
  private final List<String> events = new ArrayList<>();
  private final List<String> expectedEvents = new ArrayList<>();

  AliveModelTest() {
    alive.onEvent(event -> events.add(event.agentId() + " " + event.reason().word()));
  }

  @Test
  void behavesAsTheModel() {
    for (long seed = SEED; seed < SEED + PROGRAMS; seed++) {
      StringBuilder program = new StringBuilder("-Dpirn.seed=" + seed + " -Dpirn.simulations=1\n");
      try {
        new AliveModelTest().run(new Random(seed), program);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(program.toString(), e);
      }
    }
  }

  private void run(Random random, StringBuilder program) {
    for (int step = 0; step < 60; step++) {
      String id = "a" + random.nextInt(6);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> register(id, random, program);
        case 3, 4 -> beat(id, program);
        case 5 -> {
          program.append("leave ").append(id).append('\n');
          assertThat(alive.deregister(id)).isEqualTo(model.remove(id) != null && left(id));
        }
        default -> {
          Duration time =
              Duration.ofSeconds(List.of(1, 5, 10, 19, 20, 40, 60).get(random.nextInt(7)));
          program.append("wait ").append(time).append('\n');
          pass(time);
        }
      }
      check();
    }
  }

  private boolean left(String id) {
    return expectedEvents.add(id + " deregistered");
  }

  private void register(String id, Random random, StringBuilder program) {
    String offers = "c" + random.nextInt(3);
    String needs = "c" + random.nextInt(3);
    boolean required = random.nextBoolean();
    int minor = random.nextInt(3);
    program.append(
        "register %s offers %s 1.%d.0 needs %s %s%n".formatted(id, offers, minor, needs, required));
    Heartbeat heartbeat =
        AliveAgentsTest.heartbeat(
            """
            {"agent_id":"%s","timestamp":"%d","tools":[{"function_name":"f","capability":"%s",
              "version":"1.%d.0","dependencies":[{"capability":"%s","required":%s}]}]}\
            """
                .formatted(id, clock.nanos(), offers, minor, needs, required));
    Registration done = alive.register(heartbeat).value();
    if (!model.containsKey(id) && model.size() == 4) {
      assertThat(done).as("one too many").isNull();
      return;
    }
    if (!model.containsKey(id)) {
      expectedEvents.add(id + " registered");
    }
    Known known = model.computeIfAbsent(id, _ -> new Known());
    known.offers = offers;
    known.needs = needs;
    known.required = required;
    known.minor = minor;
    known.heard = clock.nanos();
    known.told = resolved(known);
    assertThat(shown(Objects.requireNonNull(done).agent())).isEqualTo(known.told);
  }

  private void beat(String id, StringBuilder program) {
    program.append("beat ").append(id).append('\n');
    Beat beat = alive.beat(id);
    Known known = model.get(id);
    if (known == null) {
      assertThat(beat).isEqualTo(Beat.UNKNOWN);
      return;
    }
    known.heard = clock.nanos();
    assertThat(beat).isEqualTo(resolved(known).equals(known.told) ? Beat.UNCHANGED : Beat.CHANGED);
  }

  /// The leases that end do so in the order in which they were renewed last.
  private void pass(Duration time) {
    clock.forward(time);
    Map<String, Known> gone = new HashMap<>();
    model.forEach((id, known) -> {
      if (clock.nanos() - known.heard >= Duration.ofSeconds(60).toNanos()) {
        gone.put(id, known);
      }
    });
    model.keySet().removeAll(gone.keySet());
    gone.entrySet().stream()
        .sorted(Comparator.comparingLong(it -> it.getValue().heard))
        .forEach(it -> expectedEvents.add(it.getKey() + " evicted"));
  }

  private boolean late(Known known) {
    return clock.nanos() - known.heard >= Duration.ofSeconds(20).toNanos();
  }

  private @Nullable String best(Known wishing) {
    return model.entrySet().stream()
        .filter(it -> it.getValue().offers.equals(wishing.needs) && !late(it.getValue()))
        .max(
            Comparator.<Map.Entry<String, Known>>comparingInt(it -> it.getValue().minor)
                .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private boolean lacks(Known known) {
    return known.required && best(known) == null;
  }

  private String resolved(Known known) {
    String best = best(known);
    if (best == null) {
      return known.needs + " null UNAVAILABLE";
    }
    Known provider = Objects.requireNonNull(model.get(best));
    return "%s %s %s".formatted(known.needs, best, lacks(provider) ? "DEGRADED" : "AVAILABLE");
  }

  private static String shown(AliveAgent agent) {
    ResolvedTool tool = Objects.requireNonNull(agent.dependencies().get("f")).getFirst();
    return "%s %s %s".formatted(tool.capability(), tool.agentId(), tool.status());
  }

  private void check() {
    Map<String, String> expected = new TreeMap<>();
    model.forEach((id, known) -> {
      AliveStatus status =
          late(known)
              ? AliveStatus.UNHEALTHY
              : lacks(known) ? AliveStatus.DEGRADED : AliveStatus.HEALTHY;
      expected.put(id, status + " " + resolved(known));
    });
    Map<String, String> actual = new TreeMap<>();
    for (AgentPresence agent : alive.list(AgentRegistry.empty())) {
      actual.put(agent.id(), agent.status() + " " + shown(Objects.requireNonNull(agent.alive())));
    }
    assertThat(actual).isEqualTo(expected);
    assertThat(events).hasSameElementsAs(expectedEvents).hasSameSizeAs(expectedEvents);
    assertThat(clock.waiting()).as("timers").isLessThanOrEqualTo(1);
    assertThat(clock.waiting() == 1 || model.isEmpty()).isTrue();
  }
}
