package dev.pirn.registry;

import dev.pirn.yaml.Default;
import dev.pirn.yaml.Items;
import dev.pirn.yaml.Key;
import dev.pirn.yaml.Text;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the registry says of an agent. The rules of its texts stand here, and are what files are
/// held to; the keys are these names in `snake_case`.
///
/// @param name for people, 1 to 200 characters
/// @param category `production`, `example`, `test`, `system`, or one of the file's own where it
///   allows that
/// @param environment `production`, `staging`, `demo`, `test`, or one of the file's own where it
///   allows that
/// @param owner who answers for it, 1 to 100 characters
/// @param version a semantic version
/// @param location its folder, relative to the registry's root, with `/` between names
/// @param deprecated whether it is to be used no more; false by default
/// @param description what it does, at most 500 characters
/// @param businessGoal what it is for, at most 1,000 characters
/// @param maintainer who looks after it
/// @param documentationUrl where to read on
/// @param tags at most 20, each once, of 1 to 50 characters
/// @param createdAt when it was made
/// @param updatedAt when it was last changed
/// @param dependencies the ids of agents that it needs, each once
/// @param deprecationReason why it is deprecated, which a deprecated agent has to say
/// @param deprecationDate when it was deprecated
/// @param removalDate when it goes
/// @param replacementAgent the id of the agent to use instead
/// @param status how far it is in its life; active by default
/// @param performanceMetrics what was measured of it
public record AgentDefinition(
    @Text(min = 1, max = 200) String name,
    @Text(min = 1, max = 50) String category,
    @Text(min = 1, max = 50) String environment,
    @Text(min = 1, max = 100) String owner,
    @Text(
            matches = "\\d+\\.\\d+\\.\\d+(?:-[a-zA-Z0-9.]+)?",
            like = "a version like 1.0.0 or 1.0.0-beta.1")
        String version,
    @Text(
            matches = "(?!\\.\\.(?:/|$))[^/\\\\:]+(?:/(?!\\.\\.(?:/|$))[^/\\\\]+)*",
            like = "a relative path like agents/helper, without .. and without / at its ends")
        String location,
    @Default("false") boolean deprecated,
    @Text(max = 500) @Nullable String description,
    @Key("business_goal") @Text(max = 1000) @Nullable String businessGoal,
    @Nullable String maintainer,
    @Key("documentation_url")
        @Text(
            matches = "[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>\"{}|\\\\^`]+",
            like = "an address like https://example.com/docs")
        @Nullable String documentationUrl,
    @Items(max = 20, unique = true) @Text(min = 1, max = 50) List<String> tags,
    @Key("created_at") @Nullable LocalDate createdAt,
    @Key("updated_at") @Nullable LocalDate updatedAt,
    @Items(unique = true) List<String> dependencies,
    @Key("deprecation_reason") @Text(max = 500) @Nullable String deprecationReason,
    @Key("deprecation_date") @Nullable LocalDate deprecationDate,
    @Key("removal_date") @Nullable LocalDate removalDate,
    @Key("replacement_agent") @Nullable String replacementAgent,
    @Default("active") AgentStatus status,
    @Key("performance_metrics") @Nullable PerformanceMetrics performanceMetrics) {
  public AgentDefinition {
    Objects.requireNonNull(name, "name");
    tags = List.copyOf(tags);
    dependencies = List.copyOf(dependencies);
  }

  /// Its fields as plain data, by the keys and in the order of the schema, without those that say
  /// nothing: no value, an empty list, `deprecated` if it is false, `status` if it is active.
  public Map<String, Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("category", category);
    map.put("environment", environment);
    map.put("owner", owner);
    map.put("version", version);
    map.put("location", location);
    map.put("deprecated", deprecated ? true : null);
    map.put("description", description);
    map.put("business_goal", businessGoal);
    map.put("maintainer", maintainer);
    map.put("documentation_url", documentationUrl);
    map.put("tags", tags.isEmpty() ? null : tags);
    map.put("created_at", text(createdAt));
    map.put("updated_at", text(updatedAt));
    map.put("dependencies", dependencies.isEmpty() ? null : dependencies);
    map.put("deprecation_reason", deprecationReason);
    map.put("deprecation_date", text(deprecationDate));
    map.put("removal_date", text(removalDate));
    map.put("replacement_agent", replacementAgent);
    map.put("status", status == AgentStatus.ACTIVE ? null : status.word());
    map.put("performance_metrics", performanceMetrics == null ? null : performanceMetrics.toMap());
    Map<String, Object> present = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      if (value != null) {
        present.put(key, value);
      }
    });
    return Collections.unmodifiableMap(present);
  }

  private static @Nullable String text(@Nullable LocalDate date) {
    return date == null ? null : date.toString();
  }
}
