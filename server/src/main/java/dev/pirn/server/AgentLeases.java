package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.agents.AgentPhase;
import dev.pirn.agents.AgentSpec;
import dev.pirn.agents.AgentState;
import dev.pirn.registry.AliveAgents;
import dev.pirn.registry.HeldLease;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Holds the leases of agents that are run here: each from its first process that answers until it
/// is stopped, at its address that stays.
final class AgentLeases {
  private final AliveAgents alive;

  @GuardedBy("this")
  private final Set<String> held = new HashSet<>();

  AgentLeases(AliveAgents alive) {
    this.alive = alive;
  }

  /// Brings the lease of an agent in step.
  ///
  /// @param states asked here, so that who comes last has seen the newest
  /// @param stopped whether its last process has ended because somebody wanted that
  synchronized void look(
      String name, Function<String, Optional<AgentState>> states, boolean stopped) {
    AgentState state = states.apply(name).orElse(null);
    if (state != null && state.pid() != 0 && state.url() != null) {
      held.add(name);
      alive.hold(lease(state.spec(), URI.create(state.url())));
    } else if (stopped || state == null || state.phase() == AgentPhase.STOPPED) {
      release(name);
    }
    // Otherwise its next process is on the way, or somebody has to mend it.
  }

  /// Brings all in step.
  synchronized void look(Function<String, Optional<AgentState>> states) {
    List.copyOf(held).forEach(name -> look(name, states, false));
  }

  @GuardedBy("this")
  private void release(String name) {
    if (held.remove(name)) {
      alive.release(name);
    }
  }

  private static HeldLease lease(AgentSpec spec, URI url) {
    AgentSpec.About about = spec.about();
    return new HeldLease(
        spec.name(),
        about.title(),
        about.version(),
        about.description(),
        about.tags(),
        url.getHost(),
        url.getPort());
  }
}
