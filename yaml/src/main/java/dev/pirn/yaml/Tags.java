package dev.pirn.yaml;

import org.snakeyaml.engine.v2.events.ScalarEvent;

/// The tags of YAML's core schema. Any other tag names a type of somebody's program, and is
/// refused.
final class Tags {
  private static final String CORE = "tag:yaml.org,2002:";

  private Tags() {}

  /// Whether a tagged scalar is read as if it were plain: `!!int "5"` is a number, `!!str 5` is
  /// text.
  static boolean scalarIsPlain(String tag, ScalarEvent event) {
    return switch (tag) {
      case "!", CORE + "str" -> false;
      case CORE + "int", CORE + "float", CORE + "bool", CORE + "null" -> true;
      default -> event.isPlain();
    };
  }

  /// Whether the tag is one that is known, and says what the node is anyway.
  static boolean fits(String tag, YamlNode node) {
    return switch (node) {
      case YamlList _ -> tag.equals("!") || tag.equals(CORE + "seq");
      case YamlMap _ -> tag.equals("!") || tag.equals(CORE + "map");
      case YamlScalar scalar -> fits(tag, scalar.text());
    };
  }

  private static boolean fits(String tag, String text) {
    return switch (tag) {
      case "!", CORE + "str" -> true;
      case CORE + "null" -> CoreSchema.isNull(text);
      case CORE + "bool" -> CoreSchema.bool(text) != null;
      case CORE + "int" -> CoreSchema.isInteger(text);
      case CORE + "float" ->
          CoreSchema.isInteger(text)
              || CoreSchema.isDecimal(text)
              || CoreSchema.special(text) != null;
      default -> false;
    };
  }

  /// The tag as it is written in a file.
  static String shown(String tag) {
    return tag.startsWith(CORE) ? "!!" + tag.substring(CORE.length()) : tag;
  }
}
