package dev.pirn.registry;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tool that has been found for a dependency, or that there is none.
///
/// @param capability what was asked for
/// @param agentId the agent that offers it, or null
/// @param functionName what it is called there, or null
/// @param endpoint where that agent is called, or null
/// @param status whether there is one
public record ResolvedTool(
    String capability,
    @Nullable String agentId,
    @Nullable String functionName,
    @Nullable String endpoint,
    Status status) {
  /// Whether a dependency can be used.
  public enum Status {
    /// It can.
    AVAILABLE,
    /// Nobody offers it; there is no agent, function or endpoint.
    UNAVAILABLE,
    /// It can, but the agent that offers it lacks something itself.
    DEGRADED;

    /// The word for JSON.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Its fields as plain data, with keys in `snake_case`.
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("agent_id", agentId);
    map.put("function_name", functionName);
    map.put("endpoint", endpoint);
    map.put("capability", capability);
    map.put("status", status.word());
    return map;
  }
}
