package dev.pirn.registry;

import java.util.Comparator;

/// By what a list of agents is sorted; agents that are equal in it, by id.
public enum AgentSort {
  /// By name, letters regardless of their case.
  NAME(Comparator.comparing(agent -> agent.definition().name(), String.CASE_INSENSITIVE_ORDER)),
  /// By the day of the last change, the oldest first; those that do not say last.
  UPDATED_AT(
      Comparator.comparing(
          agent -> agent.definition().updatedAt(),
          Comparator.nullsLast(Comparator.naturalOrder()))),
  /// By version as semantic versions are ordered, the lowest first.
  VERSION(Comparator.comparing(agent -> agent.definition().version(), SemanticVersion.ORDER)),
  /// By category.
  CATEGORY(Comparator.comparing(agent -> agent.definition().category()));

  private final Comparator<Agent> order;

  AgentSort(Comparator<Agent> order) {
    this.order = order;
  }

  Comparator<Agent> order(boolean descending) {
    return (descending ? order.reversed() : order).thenComparing(Agent::id);
  }
}
