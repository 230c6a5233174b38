package dev.pirn.agents.process;

import java.util.List;

/// What came of stopping.
///
/// @param killed whether the grace was over before all were gone, so that KILL was sent
/// @param survivors the pids that are alive after all; the system does not let them die, or not us
///   kill them
public record Stopped(boolean killed, List<Long> survivors) {
  /// Copies the list.
  public Stopped {
    survivors = List.copyOf(survivors);
  }

  /// Whether nothing is left.
  public boolean complete() {
    return survivors.isEmpty();
  }
}
