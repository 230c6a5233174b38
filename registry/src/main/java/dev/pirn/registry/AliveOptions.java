package dev.pirn.registry;

import java.time.Duration;
import java.util.Objects;

/// How long agents are taken for alive, and how many.
///
/// @param unhealthyAfter how long after its last heartbeat an agent is unhealthy; 20 s by default
/// @param evictAfter how long after its last heartbeat it is gone; 60 s by default
/// @param mostAgents how many there may be; 1,000 by default
public record AliveOptions(Duration unhealthyAfter, Duration evictAfter, int mostAgents) {
  /// The defaults: an agent that sends a heartbeat every 5 s may miss three.
  public static final AliveOptions DEFAULTS =
      new AliveOptions(Duration.ofSeconds(20), Duration.ofSeconds(60), 1_000);

  /// @throws IllegalArgumentException if a time is not positive, they are in the wrong order or
  ///   longer than a day, or there may be no agents
  public AliveOptions {
    Objects.requireNonNull(unhealthyAfter, "unhealthyAfter");
    if (!unhealthyAfter.isPositive()
        || evictAfter.compareTo(unhealthyAfter) <= 0
        || evictAfter.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "unhealthyAfter must be positive and evictAfter longer, at most a day; were %s and %s"
              .formatted(unhealthyAfter, evictAfter));
    }
    if (mostAgents < 1) {
      throw new IllegalArgumentException("mostAgents must be positive, was " + mostAgents);
    }
  }
}
