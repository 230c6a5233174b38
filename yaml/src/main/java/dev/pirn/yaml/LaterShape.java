package dev.pirn.yaml;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The shape of a type inside itself, which is looked up when it is needed.
record LaterShape(Class<?> type, Map<Class<?>, @Nullable Shape> made) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    return shape().bind(node, binding);
  }

  @Override
  public String expected() {
    return shape().expected();
  }

  private Shape shape() {
    return Objects.requireNonNull(made.get(type));
  }
}
