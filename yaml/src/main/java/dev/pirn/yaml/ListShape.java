package dev.pirn.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list, in the order of the file.
record ListShape(Shape item) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    List<@Nullable Object> values = bindItems(item, node, binding);
    return values == null ? NONE : Collections.unmodifiableList(values);
  }

  @Override
  public String expected() {
    return "a list";
  }

  @Override
  public Object whenAbsent() {
    return List.of();
  }

  /// The items' values; null when one of them has none.
  static @Nullable List<@Nullable Object> bindItems(Shape item, YamlNode node, Binding binding) {
    if (!(node instanceof YamlList list)) {
      binding.mismatch(
          Code.WRONG_KIND,
          node,
          "a list",
          "write a line \"- item\" for each item, or [item, item]");
      return null;
    }
    List<YamlNode> items = list.items();
    List<@Nullable Object> values = new ArrayList<>(items.size());
    boolean complete = true;
    for (int i = 0; i < items.size(); i++) {
      Object value = binding.bindAt(i, item, items.get(i));
      complete &= value != NONE;
      values.add(value);
    }
    return complete ? values : null;
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    Map<String, Object> schema = Schemas.types("array");
    schema.put("items", item.schema(options));
    return schema;
  }
}
