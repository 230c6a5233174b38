package dev.pirn.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A change of one agent in the file.
///
/// @param fields what to put, by their keys; null for what to take away
record Edit(Kind kind, String id, Map<String, @Nullable Object> fields) {
  enum Kind {
    REGISTER,
    UPDATE,
    REMOVE
  }

  static Edit register(String id, Map<String, ?> fields) {
    return new Edit(Kind.REGISTER, id, copy(fields));
  }

  static Edit update(String id, Map<String, ? extends @Nullable Object> fields) {
    return new Edit(Kind.UPDATE, id, copy(fields));
  }

  static Edit remove(String id) {
    return new Edit(Kind.REMOVE, id, Map.of());
  }

  private static Map<String, @Nullable Object> copy(
      Map<String, ? extends @Nullable Object> fields) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
