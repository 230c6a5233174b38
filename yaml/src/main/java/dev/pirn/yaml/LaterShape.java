package dev.pirn.yaml;

import java.util.Map;
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
    Shape shape = made.get(type);
    if (shape == null) {
      throw new IllegalArgumentException(
          type.getSimpleName() + ": a default cannot be made of the type that it stands in");
    }
    return shape;
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    throw new IllegalArgumentException(
        type.getSimpleName() + ": a type that contains itself has no schema");
  }
}
