package dev.pirn.registry;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import dev.pirn.yaml.Json;
import dev.pirn.yaml.Key;
import dev.pirn.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What one reload did to the registry.
///
/// @param timestamp when it was published or refused
/// @param success whether the file was put in force
/// @param error what is wrong, one problem a line; beside success, the agents of the file that were
///   refused; null when nothing is
/// @param agentsCount how many agents there are after it
/// @param previousCount how many there were before it; 0 before the first
/// @param added the ids that were not there before
/// @param changed the ids whose definition is another
/// @param removed the ids that are there no more
public record ReloadEvent(
    Instant timestamp,
    boolean success,
    @Nullable String error,
    @Key("agents_count") int agentsCount,
    @Key("previous_count") int previousCount,
    List<String> added,
    List<String> changed,
    List<String> removed) {
  public ReloadEvent {
    Objects.requireNonNull(timestamp, "timestamp");
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  /// What a reload did.
  public static ReloadEvent of(Reload<AgentRegistry> reload) {
    AgentRegistry after = reload.snapshot().value();
    AgentRegistry before =
        reload instanceof Reload.Applied<AgentRegistry> applied
            ? Objects.requireNonNullElse(applied.before(), AgentRegistry.empty())
            : after;
    AgentRegistry.Difference difference = after.since(before);
    boolean applied = reload instanceof Reload.Applied;
    return new ReloadEvent(
        applied ? reload.snapshot().time() : Instant.now(),
        !(reload instanceof Reload.Rejected),
        error(reload.diagnostics()),
        after.size(),
        before.size(),
        difference.added(),
        difference.changed(),
        difference.removed());
  }

  private static @Nullable String error(List<Diagnostic> diagnostics) {
    return Diagnostic.anyError(diagnostics)
        ? diagnostics.stream()
            .filter(Diagnostic::isError)
            .map(d -> (d.place() == null ? "" : d.place() + ": ") + d.message())
            .collect(Collectors.joining("\n"))
        : null;
  }

  /// Its fields as plain data, with keys in `snake_case`.
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("timestamp", timestamp);
    map.put("success", success);
    map.put("error", error);
    map.put("agents_count", agentsCount);
    map.put("previous_count", previousCount);
    map.put("added", added);
    map.put("changed", changed);
    map.put("removed", removed);
    return map;
  }

  /// One line of JSON.
  public String toJson() {
    return Json.line(toMap());
  }

  /// The event that [#toJson] has made this text of; or what is wrong with the text.
  public static Decoded<ReloadEvent> fromJson(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return Yaml.decoder(ReloadEvent.class).decode(new Content(Path.of("event.json"), bytes));
  }
}
