package dev.pirn.settings;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes values so that they are read back as they were. A value is always meant literally: what
/// looks like a reference is written so that it is none.
final class Quoting {
  /// What a shell that sources the file takes as it stands, too.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]*");

  private static final Pattern COMMENT = Pattern.compile("(^|[ \t])#");

  private Quoting() {}

  /// Whether a file can hold it.
  static boolean possible(String value) {
    return value.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(value);
  }

  /// @param like how the value before was written; null if there was none
  static String write(String value, @Nullable Quote like) {
    return switch (like) {
      case DOUBLE -> doubled(value);
      case SINGLE -> single(value) ? "'" + value + "'" : doubled(value);
      case NONE -> unquoted(value) ? value : quoted(value);
      case null -> PLAIN.matcher(value).matches() ? value : quoted(value);
    };
  }

  private static String quoted(String value) {
    boolean needsEscapes = value.contains("\\") || value.contains("\"") || value.contains("$");
    return needsEscapes && single(value) && !value.contains("\n")
        ? "'" + value + "'"
        : doubled(value);
  }

  private static boolean single(String value) {
    return value.indexOf('\'') < 0 && value.indexOf('\r') < 0;
  }

  private static boolean unquoted(String value) {
    return value.equals(value.strip())
        && !value.startsWith("\"")
        && !value.startsWith("'")
        && value.indexOf('\n') < 0
        && value.indexOf('\r') < 0
        && !value.contains("${")
        && !COMMENT.matcher(value).find();
  }

  private static String doubled(String value) {
    return "\""
        + value
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("${", "\\${")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
        + "\"";
  }
}
