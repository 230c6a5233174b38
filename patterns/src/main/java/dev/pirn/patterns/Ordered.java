package dev.pirn.patterns;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Unchangeable maps that keep the order of the file and may hold null, which `Map.copyOf` does
/// not.
final class Ordered {
  private Ordered() {}

  static <V extends @Nullable Object> Map<String, V> copyOf(Map<String, V> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  static <V, R> Map<String, R> map(Map<String, V> map, Function<V, R> function) {
    Map<String, R> mapped = new LinkedHashMap<>();
    map.forEach((key, value) -> mapped.put(key, function.apply(value)));
    return mapped;
  }
}
