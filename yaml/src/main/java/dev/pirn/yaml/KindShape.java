package dev.pirn.yaml;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Several records made from maps, told apart by the value of a key.
///
/// @param key the key, see [Discriminator]
/// @param kinds names the shapes of the records
record KindShape(String key, NameShape kinds) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    if (!(node instanceof YamlMap map)) {
      return binding.notMapping(node, null);
    }
    YamlNode kind = map.get(key);
    if (kind == null) {
      return binding.missing(key, kinds, map);
    }
    Object chosen = binding.bindAt(key, kinds, kind);
    return chosen instanceof Shape shape ? shape.bind(map, binding) : chosen;
  }

  @Override
  public String expected() {
    return "a mapping";
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    return Schemas.anyOf(
        kinds.named().entrySet().stream()
            .map(kind -> Schemas.kind(key, kind.getKey(), (Shape) kind.getValue(), options))
            .toList());
  }
}
