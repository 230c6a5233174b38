package dev.pirn.registry;

import dev.pirn.live.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// An agent that the registry declares.
///
/// @param id its key in the file
/// @param definition what the file says of it
/// @param place where its id stands in the file. While the file's own version of it is broken,
///   where it stood in the file that it comes from
public record Agent(String id, AgentDefinition definition, Place place) {
  public Agent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(place, "place");
  }

  /// Its id and the fields of its definition, as plain data for JSON.
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.putAll(definition.toMap());
    return map;
  }
}
