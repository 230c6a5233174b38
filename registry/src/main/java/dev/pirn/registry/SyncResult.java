package dev.pirn.registry;

import dev.pirn.live.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the registry differs from the folders, and what was done about it.
///
/// @param added the ids of agents that are found and not declared
/// @param updated the ids of agents that are found elsewhere than declared
/// @param removed the ids of agents that are declared and not found
/// @param written the ids of those that the file follows now
/// @param errors what could not be read or done
public record SyncResult(
    List<String> added,
    List<String> updated,
    List<String> removed,
    List<String> written,
    List<Diagnostic> errors) {
  public SyncResult {
    added = List.copyOf(added);
    updated = List.copyOf(updated);
    removed = List.copyOf(removed);
    written = List.copyOf(written);
    errors = List.copyOf(errors);
  }

  /// Whether registry and folders differ still, or it is not known: then a command exits with 1.
  public boolean outOfStep() {
    return Diagnostic.anyError(errors) || !written.containsAll(differences());
  }

  /// The ids of all that differed.
  public List<String> differences() {
    List<String> all = new ArrayList<>(added);
    all.addAll(updated);
    all.addAll(removed);
    return all;
  }

  /// Its fields as plain data for JSON; of errors their messages.
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("added", added);
    map.put("updated", updated);
    map.put("removed", removed);
    map.put("written", written);
    map.put("errors", errors.stream().map(Diagnostic::message).toList());
    map.put("out_of_step", outOfStep());
    return map;
  }
}
