package dev.pirn.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The tools of all agents that are alive, by capability. Guarded by the monitor of [AliveAgents].
final class Offers {
  private final Map<String, List<Offer>> byCapability = new HashMap<>();

  void add(Instance instance) {
    for (AgentTool tool : instance.heartbeat.tools()) {
      byCapability
          .computeIfAbsent(tool.capability(), _ -> new ArrayList<>())
          .add(new Offer(instance, tool));
    }
  }

  void remove(Instance instance) {
    for (AgentTool tool : instance.heartbeat.tools()) {
      byCapability.computeIfPresent(
          tool.capability(),
          (_, offers) -> {
            offers.removeIf(offer -> offer.instance() == instance);
            return offers.isEmpty() ? null : offers;
          });
    }
  }

  /// The best for a dependency: of those that will do, the one with the most preferred tags, then
  /// with the highest version, then by the names of agent and function, so that the same agents
  /// always give the same answer.
  @Nullable Offer best(ToolDependency wish, @Nullable VersionRange range, String home) {
    String namespace = Objects.requireNonNullElse(wish.namespace(), home);
    Comparator<Offer> order = Comparator.comparingInt(offer -> score(wish, offer));
    order =
        order
            .thenComparing(
                offer -> VersionRange.withoutBuild(offer.tool().version()), SemanticVersion.ORDER)
            .thenComparing(offer -> offer.instance().id(), Comparator.reverseOrder())
            .thenComparing(offer -> offer.tool().functionName(), Comparator.reverseOrder());
    return byCapability.getOrDefault(wish.capability(), List.of()).stream()
        .filter(offer -> !offer.instance().late)
        .filter(offer -> offer.instance().heartbeat.namespace().equals(namespace))
        .filter(offer -> range == null || range.includes(offer.tool().version()))
        .filter(offer -> wish.tags().stream().allMatch(tag -> tag.allows(offer.tool().tags())))
        .max(order)
        .orElse(null);
  }

  private static int score(ToolDependency wish, Offer offer) {
    return wish.tags().stream().mapToInt(tag -> tag.score(offer.tool().tags())).sum();
  }
}
