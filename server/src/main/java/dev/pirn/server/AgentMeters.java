package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.agents.AgentEvent;
import dev.pirn.agents.AgentPhase;
import dev.pirn.agents.AgentState;
import dev.pirn.agents.SwapTimings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is measured of agents. Thread-safe.
final class AgentMeters {
  private static final String AGENT = "agent";

  private final MeterRegistry registry;

  /// How those stand that have meters; looked at when the metrics are asked for.
  @GuardedBy("this")
  private final Map<String, Shown> shown = new HashMap<>();

  /// The generation whose drain was recorded last, by agent: an event that tells it does not exist,
  /// as it is known only after the one that took its place is in force.
  @GuardedBy("this")
  private final Map<String, Long> drained = new HashMap<>();

  private static final class Shown {
    volatile AgentState state;
    final List<Meter> meters = new ArrayList<>();

    Shown(AgentState state) {
      this.state = state;
    }
  }

  AgentMeters(Metrics metrics) {
    this.registry = metrics.registry();
  }

  /// Something happened to an agent.
  ///
  /// @param state how it stands, if that is known
  synchronized void happened(AgentEvent event, @Nullable AgentState state) {
    if (state != null) {
      drained(state);
    }
    switch (event.kind()) {
      case ACTIVE -> {
        SwapTimings steps = event.timings();
        if (!steps.equals(SwapTimings.NONE)) {
          if (!steps.detect().isZero()) {
            step(event.agent(), "detect", steps.detect());
          }
          step(event.agent(), "precheck", steps.precheck());
          step(event.agent(), "start", steps.start());
          step(event.agent(), "ready", steps.ready());
          step(event.agent(), "swap", steps.swap());
        }
      }
      case REJECTED -> rejected(event.agent()).increment();
      case STARTING, READY, DRAINING, STOPPED, CRASHED, SUSPENDED, NOTICED, DEPENDENCY -> {}
    }
  }

  @GuardedBy("this")
  private void drained(AgentState state) {
    Duration drain = state.timings().drain();
    Long before = drained.get(state.name());
    if (!drain.isZero() && (before == null || before != state.generation())) {
      drained.put(state.name(), state.generation());
      step(state.name(), "drain", drain);
    }
  }

  private void step(String agent, String step, Duration took) {
    Timer.builder("pirn.agent.swap")
        .description("How long the steps of starts and swaps took")
        .tags(AGENT, agent, "step", step)
        .serviceLevelObjectives(Metrics.BUCKETS)
        .register(registry)
        .record(took);
  }

  private Counter rejected(String agent) {
    return Counter.builder("pirn.agent.rejected")
        .description("Starts and swaps that were not put in force")
        .tag(AGENT, agent)
        .register(registry);
  }

  /// Shows how agents stand now; those that are gone are shown no more.
  synchronized void look(List<AgentState> states) {
    Set<String> names = states.stream().map(AgentState::name).collect(Collectors.toSet());
    for (String name : Set.copyOf(shown.keySet())) {
      if (!names.contains(name)) {
        Objects.requireNonNull(shown.remove(name)).meters.forEach(registry::remove);
        drained.remove(name);
      }
    }
    for (AgentState state : states) {
      drained(state);
      Shown known = shown.get(state.name());
      if (known == null) {
        shown.put(state.name(), show(state));
      } else {
        known.state = state;
      }
    }
  }

  private Shown show(AgentState state) {
    String agent = state.name();
    Shown made = new Shown(state);
    for (AgentPhase phase : AgentPhase.values()) {
      made.meters.add(
          Gauge.builder("pirn.agent.phase", made, it -> it.state.phase() == phase ? 1 : 0)
              .description("Whether the agent is in this phase")
              .tags(AGENT, agent, "phase", Views.word(phase))
              .register(registry));
    }
    gauge(made, "generation", "The generation that answers", AgentState::generation);
    gauge(made, "held", "Requests that wait", it -> it.traffic().held());
    count(made, "restarts", "Generations after the first one", AgentState::restarts);
    count(made, "crashes", "Processes that ended by themselves", AgentState::crashes);
    count(made, "requests", "Requests to its address", it -> it.traffic().requests());
    count(
        made,
        "requests.failed",
        "Requests that could not be answered",
        it -> it.traffic().failed());
    count(
        made,
        "replayed",
        "Requests that were given to a process again",
        it -> it.traffic().replayed());
    made.meters.add(rejected(agent));
    return made;
  }

  private void gauge(Shown of, String name, String says, ToDoubleFunction<AgentState> number) {
    of.meters.add(
        Gauge.builder("pirn.agent." + name, of, it -> number.applyAsDouble(it.state))
            .description(says)
            .tag(AGENT, of.state.name())
            .register(registry));
  }

  private void count(Shown of, String name, String says, ToDoubleFunction<AgentState> number) {
    of.meters.add(
        FunctionCounter.builder("pirn.agent." + name, of, it -> number.applyAsDouble(it.state))
            .description(says)
            .tag(AGENT, of.state.name())
            .register(registry));
  }
}
