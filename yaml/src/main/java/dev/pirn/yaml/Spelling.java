package dev.pirn.yaml;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plain data as it is written into YAML: without quotes where no reader can take it for something
/// else, be it one of YAML 1.1.
final class Spelling {
  private static final Pattern PLAIN =
      Pattern.compile(
          "[\\p{L}_/](?:[^\\p{Cntrl}:#\\uFEFF\\u2028\\u2029]|:(?=[^ ])|(?<! )#)*(?<![ :])");
  private static final Pattern OLD_WORDS =
      Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|~");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+[-.\\w]*");

  private Spelling() {}

  /// On one line.
  ///
  /// @param quotes whether texts are to be in double quotes even where that is not needed
  static String inline(@Nullable Object value, boolean flow, boolean quotes) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> map ->
          map.entrySet().stream()
              .filter(entry -> entry.getValue() != null)
              .map(entry ->
                  inline(entry.getKey(), true, quotes)
                      + ": "
                      + inline(entry.getValue(), true, quotes))
              .collect(Collectors.joining(", ", "{", "}"));
      case Collection<?> list ->
          list.stream()
              .map(item -> inline(item, true, quotes))
              .collect(Collectors.joining(", ", "[", "]"));
      case Boolean bool -> bool.toString();
      case Number number -> number.toString();
      default -> text(value.toString(), flow, quotes);
    };
  }

  private static String text(String text, boolean flow, boolean quotes) {
    return quotes || !plain(text, flow) ? Json.line(text) : text;
  }

  static boolean plain(String text, boolean flow) {
    boolean safe =
        (PLAIN.matcher(text).matches() && !OLD_WORDS.matcher(text).matches())
            || VERSION.matcher(text).matches();
    return safe && !CoreSchema.isOther(text) && !(flow && text.matches(".*[,\\[\\]{}:].*"));
  }

  /// In the quotes of what it replaces.
  static String like(String written, Object value, boolean flow) {
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    String text = value.toString();
    if (written.startsWith("'") && text.codePoints().allMatch(c -> c >= ' ' && c != 0x7F)) {
      return "'" + text.replace("'", "''") + "'";
    }
    return text(text, flow, written.startsWith("\"") || written.startsWith("'"));
  }

  /// An entry of a block map, and all below it, without a line end behind the last line.
  static String block(String key, @Nullable Object value, int indent, int step, String newline) {
    String head = " ".repeat(indent) + inline(key, false, false) + ":";
    if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
      return head + " " + inline(value, false, false);
    }
    return map.entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .map(entry ->
            block(entry.getKey().toString(), entry.getValue(), indent + step, step, newline))
        .collect(Collectors.joining(newline, head + newline, ""));
  }

  /// Whether a scalar says already what it is to say.
  static boolean says(YamlScalar scalar, @Nullable Object value) {
    return switch (value) {
      case null -> scalar.isNull();
      case Boolean bool -> scalar.plain() && bool.equals(CoreSchema.bool(scalar.text()));
      case Number number -> scalar.plain() && equal(scalar.text(), number);
      default -> !scalar.isNull() && scalar.text().equals(value.toString());
    };
  }

  private static boolean equal(String text, Number number) {
    if (CoreSchema.isInteger(text)) {
      return new BigDecimal(CoreSchema.integer(text)).compareTo(decimal(number)) == 0;
    }
    return CoreSchema.isDecimal(text) && new BigDecimal(text).compareTo(decimal(number)) == 0;
  }

  private static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString());
  }
}
