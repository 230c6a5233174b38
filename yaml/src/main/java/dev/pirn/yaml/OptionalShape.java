package dev.pirn.yaml;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `Optional` and its kin: nothing is empty.
///
/// @param empty the empty optional
/// @param wrap makes an optional of a value
record OptionalShape(Shape shape, Object empty, Function<Object, Object> wrap) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    if (node instanceof YamlScalar scalar && scalar.isNull()) {
      return empty;
    }
    Object value = shape.bind(node, binding);
    if (value == null) {
      return empty;
    }
    return value == NONE ? NONE : wrap.apply(value);
  }

  @Override
  public String expected() {
    return shape.expected();
  }

  @Override
  public Object whenAbsent() {
    return empty;
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    return Schemas.orNull(shape.schema(options));
  }
}
