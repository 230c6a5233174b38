package dev.pirn.patterns;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The spellings of parameter types: `string`, `integer`, `number`, `boolean`, `object`, `array`,
/// `map`, `enum`; `array[T]` and `map[K, V]`, where a part may be any type or a word of one's own;
/// and `enum[a, b]` with its values.
final class ParameterTypes {
  static final List<String> NAMES =
      List.of("string", "integer", "number", "boolean", "object", "array", "map", "enum");

  private static final Pattern FORM = Pattern.compile("(\\w+)(?:\\[(.*)])?", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("\\w+");

  private ParameterTypes() {}

  static boolean isLegal(String type) {
    Matcher form = FORM.matcher(type);
    return form.matches()
        && NAMES.contains(form.group(1))
        && isInside(form.group(1), form.group(2));
  }

  private static boolean isInside(String name, @Nullable String inside) {
    if (inside == null) {
      return true;
    }
    return switch (name) {
      case "enum" -> !inside.isBlank();
      case "array" -> isPart(inside);
      case "map" -> isPair(inside);
      default -> false;
    };
  }

  private static boolean isPair(String inside) {
    int comma = inside.indexOf(',');
    return comma >= 0 && isPart(inside.substring(0, comma)) && isPart(inside.substring(comma + 1));
  }

  private static boolean isPart(String part) {
    String type = part.strip();
    return WORD.matcher(type).matches() || isLegal(type);
  }
}
