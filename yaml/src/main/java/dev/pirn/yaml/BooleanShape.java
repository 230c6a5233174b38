package dev.pirn.yaml;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `true` or `false`, without quotes.
record BooleanShape() implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    if (!(node instanceof YamlScalar scalar) || scalar.isNull()) {
      return binding.mismatch(Code.WRONG_KIND, node, expected(), null);
    }
    Boolean value = CoreSchema.bool(scalar.text());
    if (value != null && scalar.plain()) {
      return value;
    }
    return binding.mismatch(Code.WRONG_VALUE, node, expected(), help(scalar, value));
  }

  @Override
  public String expected() {
    return "true or false";
  }

  private static @Nullable String help(YamlScalar scalar, @Nullable Boolean value) {
    if (value != null) {
      return "remove the quotes";
    }
    return switch (scalar.text().toLowerCase(Locale.ROOT)) {
      case "yes", "on", "y" -> "write true; in YAML 1.2 this is text";
      case "no", "off", "n" -> "write false; in YAML 1.2 this is text";
      default -> null;
    };
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    return Schemas.types("boolean");
  }
}
