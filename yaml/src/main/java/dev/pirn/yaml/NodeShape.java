package dev.pirn.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The node itself, for components of a node type.
record NodeShape(Class<?> type, String expected) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    return type.isInstance(node) ? node : binding.mismatch(Code.WRONG_KIND, node, expected, null);
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    if (type == YamlNode.class) {
      return new LinkedHashMap<>();
    }
    if (type == YamlScalar.class) {
      return Schemas.types("string", "number", "boolean", "null");
    }
    return Schemas.types(type == YamlList.class ? "array" : "object");
  }
}
