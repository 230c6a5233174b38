package dev.pirn.yaml;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plain data of any form, for components of type `Object`.
record PlainShape() implements Shape {
  private static final String IF_TEXT = "put it in quotes if it is text";

  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    return switch (node) {
      case YamlList list -> new ListShape(this).bind(list, binding);
      case YamlMap map -> new MapShape(this).bind(map, binding);
      case YamlScalar scalar when scalar.plain() -> bindPlain(scalar, binding);
      case YamlScalar scalar -> scalar.text();
    };
  }

  @Override
  public String expected() {
    return "a value";
  }

  private static @Nullable Object bindPlain(YamlScalar scalar, Binding binding) {
    String text = scalar.text();
    if (CoreSchema.isNull(text)) {
      return null;
    }
    Boolean bool = CoreSchema.bool(text);
    if (bool != null) {
      return bool;
    }
    if (CoreSchema.isInteger(text)) {
      Object value = NumberShape.BIG_INTEGER.bindForm(scalar, text, IF_TEXT, binding);
      return value instanceof BigInteger number && number.bitLength() < Long.SIZE
          ? (Object) number.longValue()
          : value;
    }
    boolean number = CoreSchema.isDecimal(text) || CoreSchema.special(text) != null;
    return number ? NumberShape.DOUBLE.bindForm(scalar, text, IF_TEXT, binding) : text;
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    return new LinkedHashMap<>();
  }
}
