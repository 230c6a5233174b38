package dev.pirn.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A sealed interface: one alternative for a single value, one for a map.
///
/// @param scalar for a single value, or null when there is none
/// @param mapping for a map, or null when there is none
record SealedShape(@Nullable Shape scalar, @Nullable Shape mapping) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    Shape chosen =
        switch (node) {
          case YamlScalar value when !value.isNull() -> scalar;
          case YamlMap _ -> mapping;
          default -> null;
        };
    return chosen == null
        ? binding.mismatch(Code.WRONG_KIND, node, expected(), null)
        : chosen.bind(node, binding);
  }

  @Override
  public String expected() {
    if (scalar == null) {
      return "a mapping";
    }
    return mapping == null ? scalar.expected() : scalar.expected() + " or a mapping";
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    if (scalar == null || mapping == null) {
      Shape only = scalar == null ? mapping : scalar;
      return only == null ? new LinkedHashMap<>() : only.schema(options);
    }
    return Schemas.anyOf(scalar.schema(options), mapping.schema(options));
  }
}
