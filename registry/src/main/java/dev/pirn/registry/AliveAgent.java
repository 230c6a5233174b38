package dev.pirn.registry;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An agent that is alive, as it was at one moment.
///
/// @param heartbeat what it said of itself last, and who holds its lease before it
/// @param status how it is; not offline
/// @param since when its first heartbeat came, or its lease was first held
/// @param lastSeen when it was last heard of; now, while its lease is held
/// @param dependencies by each of its functions that has any, what was found for each of them, in
///   their order
/// @param held the lease that who runs it holds; null if it has only its own
public record AliveAgent(
    Heartbeat heartbeat,
    AliveStatus status,
    Instant since,
    Instant lastSeen,
    Map<String, List<ResolvedTool>> dependencies,
    @Nullable HeldLease held) {
  public AliveAgent {
    dependencies = Collections.unmodifiableMap(new LinkedHashMap<>(dependencies));
  }

  /// Its id.
  public String id() {
    return heartbeat.agentId();
  }

  /// How many dependencies it has.
  public int totalDependencies() {
    return dependencies.values().stream().mapToInt(List::size).sum();
  }

  /// For how many of them somebody was found.
  public int resolvedDependencies() {
    return (int)
        dependencies.values().stream()
            .flatMap(List::stream)
            .filter(found -> found.status() != ResolvedTool.Status.UNAVAILABLE)
            .count();
  }
}
