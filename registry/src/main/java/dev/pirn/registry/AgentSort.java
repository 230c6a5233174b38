package dev.pirn.registry;

import java.util.Comparator;

/// By what a list of agents is sorted; agents that are equal in it, by id.
public enum AgentSort {
  /// By name, letters regardless of their case.
  NAME,
  /// By the day of the last change, the oldest first; those that do not say last.
  UPDATED_AT,
  /// By version as semantic versions are ordered, the lowest first.
  VERSION,
  /// By category.
  CATEGORY;

  Comparator<Agent> order(boolean descending) {
    return (descending ? order().reversed() : order()).thenComparing(Agent::id);
  }

  private Comparator<Agent> order() {
    return switch (this) {
      case NAME ->
          Comparator.comparing(agent -> agent.definition().name(), String.CASE_INSENSITIVE_ORDER);
      case UPDATED_AT ->
          Comparator.comparing(
              agent -> agent.definition().updatedAt(),
              Comparator.nullsLast(Comparator.naturalOrder()));
      case VERSION ->
          Comparator.comparing(agent -> agent.definition().version(), SemanticVersion.ORDER);
      case CATEGORY -> Comparator.comparing(agent -> agent.definition().category());
    };
  }
}
