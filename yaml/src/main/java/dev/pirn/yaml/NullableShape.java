package dev.pirn.yaml;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A type marked `@Nullable`: nothing is null.
record NullableShape(Shape shape) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    return node instanceof YamlScalar scalar && scalar.isNull() ? null : shape.bind(node, binding);
  }

  @Override
  public String expected() {
    return shape.expected();
  }

  @Override
  public @Nullable Object whenAbsent() {
    return null;
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    return Schemas.orNull(shape.schema(options));
  }
}
