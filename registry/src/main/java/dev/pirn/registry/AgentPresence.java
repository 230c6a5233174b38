package dev.pirn.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Both sides of an agent: what is declared of it, and that it is alive.
///
/// @param id its id
/// @param declared what the registry's file says of it, or null
/// @param alive what it says of itself, or null
public record AgentPresence(String id, @Nullable Agent declared, @Nullable AliveAgent alive) {
  public AgentPresence {
    Objects.requireNonNull(id, "id");
  }

  /// How it is; offline if it is not alive.
  public AliveStatus status() {
    return alive == null ? AliveStatus.OFFLINE : alive.status();
  }

  /// Its fields as plain data, with keys in `snake_case`; all of them, whichever side is there.
  public Map<String, @Nullable Object> toMap() {
    Heartbeat said = alive == null ? null : alive.heartbeat();
    AgentDefinition written = declared == null ? null : declared.definition();
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("name", name(said, written));
    map.put("agent_type", said == null ? null : word(said.agentType()));
    map.put("runtime", said == null || said.runtime() == null ? null : word(said.runtime()));
    map.put("status", status().word());
    map.put("endpoint", said == null ? null : said.endpoint());
    map.put("version", said != null ? said.version() : written == null ? null : written.version());
    map.put("description", description(said, written));
    map.put("tags", tags(written));
    map.put("namespace", said == null ? null : said.namespace());
    map.put("capabilities", said == null ? List.of() : capabilities(said));
    map.put("total_dependencies", alive == null ? 0 : alive.totalDependencies());
    map.put("dependencies_resolved", alive == null ? 0 : alive.resolvedDependencies());
    map.put("registered_at", alive == null ? null : alive.since().toString());
    map.put("last_seen", alive == null ? null : alive.lastSeen().toString());
    map.put("declared", declared == null ? null : declared.toMap());
    return map;
  }

  private String name(@Nullable Heartbeat said, @Nullable AgentDefinition written) {
    if (said != null && said.name() != null) {
      return said.name();
    }
    return written == null ? id : written.name();
  }

  private static @Nullable String description(
      @Nullable Heartbeat said, @Nullable AgentDefinition written) {
    if (said != null && said.description() != null) {
      return said.description();
    }
    return written == null ? null : written.description();
  }

  private List<String> tags(@Nullable AgentDefinition written) {
    HeldLease held = alive == null ? null : alive.held();
    return held != null ? held.tags() : written == null ? List.of() : written.tags();
  }

  private static List<Object> capabilities(Heartbeat said) {
    List<Object> all = new ArrayList<>();
    for (AgentTool tool : said.tools()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("name", tool.capability());
      map.put("function_name", tool.functionName());
      map.put("version", tool.version());
      map.put("tags", tool.tags());
      map.put("description", tool.description());
      all.add(map);
    }
    return all;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
