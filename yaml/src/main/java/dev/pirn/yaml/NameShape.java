package dev.pirn.yaml;

import dev.pirn.live.Nearest;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One of some names: an enum's constants, or the kinds of a sealed interface. Case, `-` and `_` do
/// not count.
final class NameShape implements Shape {
  private final SequencedMap<String, ?> named;
  private final Collection<String> shown;
  private final Map<String, Object> values = new HashMap<>();

  /// @param type names the type in messages
  /// @throws IllegalArgumentException if two of the names differ only in what does not count
  NameShape(String type, SequencedMap<String, ?> named) {
    this.named = named;
    shown = named.keySet();
    named.forEach((name, value) -> {
      if (values.put(normal(name), value) != null) {
        throw new IllegalArgumentException(
            "%s: the name \"%s\" is there twice".formatted(type, name));
      }
    });
  }

  /// The values by the names that messages show.
  SequencedMap<String, ?> named() {
    return named;
  }

  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    if (!(node instanceof YamlScalar scalar) || scalar.isNull()) {
      return binding.mismatch(Code.WRONG_KIND, node, expected(), null);
    }
    String text = scalar.text();
    Object value = values.get(normal(text));
    if (value != null) {
      return value;
    }
    return binding.fail(
        Code.NOT_ALLOWED,
        node.place(),
        binding.here() + " cannot be " + Quoting.quote(text),
        Nearest.didYouMean(Nearest.to(text, shown)),
        "it must be " + expected());
  }

  @Override
  public String expected() {
    return "one of " + String.join(", ", shown);
  }

  private static String normal(String name) {
    return name.toUpperCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("enum", List.copyOf(shown));
    Map<String, Object> others = Schemas.types("string");
    others.put("pattern", Schemas.spellings(shown.stream().map(NameShape::normal).toList()));
    return Schemas.anyOf(canonical, others);
  }
}
