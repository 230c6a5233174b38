package dev.pirn.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An agent that is alive, and its lease. All of it is guarded by the monitor of [AliveAgents].
final class Instance {
  final Instant since;
  Heartbeat heartbeat;
  Instant lastSeen;
  long heard;

  /// Whether nobody is sent to it, for it has not been heard of for a while.
  boolean late;

  /// The lease that somebody holds for it; null if it has only its own.
  private @Nullable HeldLease held;

  /// What it says of itself; null if only others speak of it.
  private @Nullable Heartbeat said;

  /// What it was told last of its dependencies.
  Map<String, List<ResolvedTool>> told = Map.of();

  /// What it wants, by its functions.
  private Map<String, List<Wanted>> wanted;

  private Map<String, List<@Nullable Offer>> chosen = Map.of();
  private long chosenAt = -1;

  /// A dependency, with its range read.
  private record Wanted(ToolDependency dependency, @Nullable VersionRange range) {}

  Instance(Heartbeat heartbeat, Instant since, long heard) {
    this.heartbeat = heartbeat;
    this.said = heartbeat;
    this.since = since;
    this.lastSeen = since;
    this.heard = heard;
    this.wanted = wanted(heartbeat);
  }

  Instance(HeldLease held, Instant since, long heard) {
    this(held.with(null), since, heard);
    this.held = held;
    this.said = null;
  }

  private static Map<String, List<Wanted>> wanted(Heartbeat heartbeat) {
    Map<String, List<Wanted>> wanted = new LinkedHashMap<>();
    for (AgentTool tool : heartbeat.tools()) {
      if (!tool.dependencies().isEmpty()) {
        wanted.put(tool.functionName(), tool.dependencies().stream().map(Instance::read).toList());
      }
    }
    return wanted;
  }

  private static Wanted read(ToolDependency dependency) {
    String version = dependency.version();
    return new Wanted(
        dependency, version == null || version.isBlank() ? null : VersionRange.of(version));
  }

  String id() {
    return heartbeat.agentId();
  }

  @Nullable HeldLease held() {
    return held;
  }

  /// Whether it speaks for itself, so that something ends when it is not heard of: its lease, or,
  /// if that is held, what it said.
  boolean speaks() {
    return said != null;
  }

  /// @param said what it says of itself now; null if that does not count any more
  void says(@Nullable Heartbeat said) {
    this.said = said;
    put();
  }

  void hold(HeldLease lease) {
    this.held = lease;
    put();
  }

  private void put() {
    this.heartbeat = effective(said);
    this.wanted = wanted(heartbeat);
    this.chosenAt = -1;
  }

  private Heartbeat effective(@Nullable Heartbeat said) {
    HeldLease lease = held;
    return lease != null ? lease.with(said) : said != null ? said : heartbeat;
  }

  /// Whether it says the same as before, but for the time.
  boolean saysTheSame(Heartbeat other) {
    return said != null && withoutTime(heartbeat).equals(withoutTime(effective(other)));
  }

  private static Heartbeat withoutTime(Heartbeat it) {
    return new Heartbeat(
        it.agentId(),
        it.tools(),
        it.agentType(),
        it.runtime(),
        it.name(),
        it.version(),
        it.description(),
        it.httpHost(),
        it.httpPort(),
        it.namespace(),
        null);
  }

  /// @param topology the number of what is offered, which grows with each change of that
  AliveStatus status(Offers offers, long topology) {
    if (late) {
      return AliveStatus.UNHEALTHY;
    }
    return lacks(offers, topology) ? AliveStatus.DEGRADED : AliveStatus.HEALTHY;
  }

  private boolean lacks(Offers offers, long topology) {
    Map<String, List<@Nullable Offer>> chosen = chosen(offers, topology);
    for (Map.Entry<String, List<Wanted>> function : wanted.entrySet()) {
      List<@Nullable Offer> found = chosen.getOrDefault(function.getKey(), List.of());
      for (int i = 0; i < found.size(); i++) {
        if (found.get(i) == null && function.getValue().get(i).dependency.required()) {
          return true;
        }
      }
    }
    return false;
  }

  /// What is to be had for its dependencies now.
  Map<String, List<ResolvedTool>> resolved(Offers offers, long topology) {
    Map<String, List<@Nullable Offer>> chosen = chosen(offers, topology);
    Map<String, List<ResolvedTool>> resolved = new LinkedHashMap<>();
    wanted.forEach((function, dependencies) -> {
      List<@Nullable Offer> found = chosen.getOrDefault(function, List.of());
      List<ResolvedTool> tools = new ArrayList<>();
      for (int i = 0; i < dependencies.size(); i++) {
        String capability = dependencies.get(i).dependency.capability();
        Offer offer = found.get(i);
        tools.add(
            offer == null
                ? new ResolvedTool(capability, null, null, null, ResolvedTool.Status.UNAVAILABLE)
                : new ResolvedTool(
                    capability,
                    offer.instance().id(),
                    offer.tool().functionName(),
                    offer.instance().heartbeat.endpoint(),
                    offer.instance().lacks(offers, topology)
                        ? ResolvedTool.Status.DEGRADED
                        : ResolvedTool.Status.AVAILABLE));
      }
      resolved.put(function, List.copyOf(tools));
    });
    return resolved;
  }

  private Map<String, List<@Nullable Offer>> chosen(Offers offers, long topology) {
    if (chosenAt != topology) {
      Map<String, List<@Nullable Offer>> made = new LinkedHashMap<>();
      wanted.forEach((function, dependencies) -> {
        List<@Nullable Offer> found = new ArrayList<>();
        for (Wanted wish : dependencies) {
          found.add(offers.best(wish.dependency, wish.range, heartbeat.namespace()));
        }
        made.put(function, found);
      });
      chosen = made;
      chosenAt = topology;
    }
    return chosen;
  }
}
