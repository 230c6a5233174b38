package dev.pirn.server;

import dev.pirn.live.Diagnostic;
import dev.pirn.patterns.FormattedPattern;
import dev.pirn.patterns.Recommendation;
import dev.pirn.registry.Agent;
import dev.pirn.registry.AgentDefinition;
import dev.pirn.registry.AgentRegistry;
import dev.pirn.registry.Registry;
import dev.pirn.registry.RegistryStatistics;
import dev.pirn.registry.SyncResult;
import dev.pirn.registry.WrittenAgents;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The JSON of everything that Pirn shows of an agent registry, over HTTP and on the command line
/// alike.
///
/// ```java
/// RegistryViews views = RegistryViews.of(Views.of(workspace));
/// views.agents(page.agents(), registry.agents()).encodePrettily();
/// ```
///
/// The fields of an agent have the keys of the registry's file; all other keys are in `camelCase`,
/// as those of [Views] are.
///
/// **Threading.** Immutable; every call makes a new object.
public final class RegistryViews {
  private final Views views;

  private RegistryViews(Views views) {
    this.views = views;
  }

  /// The views of a workspace's registry.
  public static RegistryViews of(Views views) {
    return new RegistryViews(views);
  }

  Views views() {
    return views;
  }

  /// An agent: `{id, …, file, line, state}`. Beside the fields that its definition has there are
  /// always `deprecated`, `status`, `tags` and `dependencies`.
  public JsonObject agent(Agent agent, AgentRegistry registry) {
    JsonObject json = new JsonObject().put("id", agent.id());
    fields(agent.definition()).forEach((key, value) -> json.put(key, plain(value)));
    boolean broken = registry.refused().containsKey(agent.id());
    return json.put("file", views.file(agent.place().file()))
        .put("line", agent.place().line())
        .put("state", broken ? "quarantined" : "active");
  }

  /// The fields of an agent, with the values of those that its file need not say.
  static Map<String, Object> fields(AgentDefinition definition) {
    Map<String, Object> fields = new LinkedHashMap<>(definition.toMap());
    fields.put("deprecated", definition.deprecated());
    fields.put("status", definition.status().word());
    fields.put("tags", definition.tags());
    fields.put("dependencies", definition.dependencies());
    return fields;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        JsonObject json = new JsonObject();
        map.forEach((key, inner) -> json.put(String.valueOf(key), inner));
        yield json;
      }
      case List<?> list -> new JsonArray(list);
      default -> value;
    };
  }

  /// An agent with the `digest` of the file that it comes from.
  public JsonObject agent(Agent agent, AgentRegistry registry, String digest) {
    return agent(agent, registry).put("digest", digest);
  }

  /// A listing.
  public JsonArray agents(Collection<Agent> agents, AgentRegistry registry) {
    return Views.array(agents, agent -> agent(agent, registry));
  }

  /// How many agents there are of what kind: `{totalAgents, byCategory, byEnvironment, byStatus,
  /// deprecatedCount, refusedCount, lastLoaded, hotReloadEnabled}`.
  public JsonObject statistics(RegistryStatistics statistics) {
    return new JsonObject()
        .put("totalAgents", statistics.totalAgents())
        .put("byCategory", counts(statistics.byCategory()))
        .put("byEnvironment", counts(statistics.byEnvironment()))
        .put("byStatus", counts(statistics.byStatus()))
        .put("deprecatedCount", statistics.deprecatedCount())
        .put("refusedCount", statistics.refusedCount())
        .put("lastLoaded", statistics.lastLoaded().toString())
        .put("hotReloadEnabled", statistics.hotReloadEnabled());
  }

  private static JsonObject counts(Map<String, Integer> counts) {
    JsonObject json = new JsonObject();
    counts.forEach(json::put);
    return json;
  }

  /// How a registry stands, and all that is to be mended in it.
  public JsonObject status(Registry registry) {
    AgentRegistry agents = registry.agents();
    Set<String> broken = quarantined(agents);
    return views
        .source(registry.live().status())
        .put("name", "registry")
        .put("file", views.file(registry.file()))
        .put("count", agents.size())
        .put("active", agents.size() - broken.size())
        .put("quarantined", broken.size())
        .put("quarantinedAgents", new JsonArray(List.copyOf(broken)))
        .put("diagnostics", views.diagnostics(registry.diagnostics()));
  }

  /// The agents that are in force by an earlier version of the file.
  static Set<String> quarantined(AgentRegistry registry) {
    Set<String> broken = new LinkedHashSet<>(registry.refused().keySet());
    broken.retainAll(registry.ids());
    return broken;
  }

  /// Agents that were written to the file: `{ids, file, digest, diagnostics}`.
  public JsonObject written(WrittenAgents written, List<Diagnostic> warnings) {
    return new JsonObject()
        .put("ids", new JsonArray(written.ids()))
        .put("file", views.file(written.file()))
        .put("digest", written.digest())
        .put("diagnostics", views.diagnostics(warnings));
  }

  /// How the registry differs from the folders: `{added, updated, removed, written, outOfStep,
  /// diagnostics}`.
  public JsonObject sync(SyncResult result) {
    return new JsonObject()
        .put("added", new JsonArray(result.added()))
        .put("updated", new JsonArray(result.updated()))
        .put("removed", new JsonArray(result.removed()))
        .put("written", new JsonArray(result.written()))
        .put("outOfStep", result.outOfStep())
        .put("diagnostics", views.diagnostics(result.errors()));
  }

  /// What an agent is told about a text: `{agent, text, pattern, formatted}`, of which the last two
  /// are null if no pattern fits.
  ///
  /// @param agent as [#agent(Agent, AgentRegistry)] shows it
  /// @param text what somebody asks
  /// @param found the pattern that fits best, or null
  /// @param quarantined the pattern files that are broken at present
  /// @param patterns the views of the pattern library
  /// @param budget of tokens
  /// @param formatted that pattern as text, or null
  public static JsonObject query(
      JsonObject agent,
      String text,
      @Nullable Recommendation found,
      Set<Path> quarantined,
      Views patterns,
      int budget,
      @Nullable FormattedPattern formatted) {
    JsonObject pattern =
        found == null
            ? null
            : patterns.recommendations(List.of(found), quarantined).getJsonObject(0);
    return new JsonObject()
        .put("agent", agent)
        .put("text", text)
        .put("pattern", pattern)
        .put(
            "formatted",
            found == null || formatted == null
                ? null
                : patterns.formatted(found.pattern().name(), budget, formatted));
  }
}
