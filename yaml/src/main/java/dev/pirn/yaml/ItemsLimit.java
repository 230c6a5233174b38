package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list, set or map of which [Items] says more.
record ItemsLimit(Shape shape, int min, int max, boolean unique) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    Object value = shape.bind(node, binding);
    if (value == NONE || value == null) {
      return value;
    }
    int size = value instanceof Map<?, ?> map ? map.size() : ((Collection<?>) value).size();
    if (size < min || size > max) {
      return binding.fail(
          Code.ITEMS,
          node,
          "%s must have %s, found %d"
              .formatted(binding.here(), bounds(min, max, "item", "items"), size));
    }
    return unique && node instanceof YamlList list && repeats(list.items(), value, binding)
        ? NONE
        : value;
  }

  private static boolean repeats(List<YamlNode> items, Object value, Binding binding) {
    Map<@Nullable Object, YamlNode> first = new HashMap<>();
    int i = 0;
    boolean found = false;
    for (Object item : (Collection<?>) value) {
      YamlNode node = items.get(i++);
      YamlNode before = first.putIfAbsent(item, node);
      if (before != null) {
        found = true;
        binding.report(
            Diagnostic.error(
                    Code.LISTED_TWICE.id(),
                    node.place(),
                    "%s lists %s twice".formatted(binding.here(), Quoting.describe(node)))
                .related(List.of(before.place()))
                .help("remove one of the two"));
      }
    }
    return found;
  }

  /// The bounds of a number of things, in words.
  static String bounds(int min, int max, String one, String many) {
    if (max == Integer.MAX_VALUE) {
      return "at least %d %s".formatted(min, min == 1 ? one : many);
    }
    return min == 0
        ? "at most %d %s".formatted(max, max == 1 ? one : many)
        : "%d to %d %s".formatted(min, max, many);
  }

  @Override
  public String expected() {
    return shape.expected();
  }

  @Override
  public @Nullable Object whenAbsent() {
    return min > 0 ? NONE : shape.whenAbsent();
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    Map<String, Object> schema = shape.schema(options);
    boolean object = "object".equals(schema.get("type"));
    if (min > 0) {
      schema.put(object ? "minProperties" : "minItems", min);
    }
    if (max < Integer.MAX_VALUE) {
      schema.put(object ? "maxProperties" : "maxItems", max);
    }
    if (unique && !object) {
      schema.put("uniqueItems", true);
    }
    return schema;
  }
}
