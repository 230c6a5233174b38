package dev.pirn.yaml;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record marked [Scalar]: made from what its one component is made from.
record ScalarRecordShape(Construction construction, Shape component) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    Object value = component.bind(node, binding);
    return value == NONE ? NONE : construction.make(new Object[] {value}, node, binding);
  }

  @Override
  public String expected() {
    return component.expected();
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    return component.schema(options);
  }
}
