package dev.pirn.yaml;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A number of which [Range] says more.
record NumberLimit(Shape shape, double min, double max) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    Object value = shape.bind(node, binding);
    if (!(value instanceof Number number)) {
      return value;
    }
    double found = number.doubleValue();
    // Not a number is not within bounds either.
    return found >= min && found <= max
        ? value
        : binding.fail(
            Code.OUT_OF_RANGE,
            node,
            "%s must be %s, found %s".formatted(binding.here(), bounds(), Quoting.describe(node)));
  }

  private String bounds() {
    if (max == Double.POSITIVE_INFINITY) {
      return plain(min) + " or more";
    }
    return min == Double.NEGATIVE_INFINITY
        ? plain(max) + " or less"
        : "from %s to %s".formatted(plain(min), plain(max));
  }

  private static BigDecimal plain(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  @Override
  public String expected() {
    return shape.expected();
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    Map<String, Object> schema = shape.schema(options);
    if (min != Double.NEGATIVE_INFINITY) {
      schema.put("minimum", plain(min));
    }
    if (max != Double.POSITIVE_INFINITY) {
      schema.put("maximum", plain(max));
    }
    return schema;
  }
}
