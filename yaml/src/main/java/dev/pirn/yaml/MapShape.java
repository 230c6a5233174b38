package dev.pirn.yaml;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A map with any keys, in the order of the file.
record MapShape(Shape value) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    return node instanceof YamlMap map
        ? bindEntries(map.entries(), binding)
        : binding.notMapping(node, null);
  }

  /// A map of these entries, or [#NONE].
  @Nullable Object bindEntries(Collection<YamlMap.Entry> entries, Binding binding) {
    Map<String, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(entries.size());
    boolean complete = true;
    for (YamlMap.Entry entry : entries) {
      String key = entry.key().text();
      Object bound = binding.bindAt(key, value, entry.value());
      complete &= bound != NONE;
      values.put(key, bound);
    }
    return complete ? Collections.unmodifiableMap(values) : NONE;
  }

  @Override
  public String expected() {
    return "a mapping";
  }

  @Override
  public Object whenAbsent() {
    return Map.of();
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    Map<String, Object> schema = Schemas.types("object");
    schema.put("additionalProperties", value.schema(options));
    return schema;
  }
}
