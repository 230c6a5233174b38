package dev.pirn.yaml;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What plain scalars mean by the core schema of YAML 1.2: `yes`, `on` and `1_000` are text.
final class CoreSchema {
  /// A longer number is refused, because the time to read a number grows faster than its length.
  static final int MOST_DIGITS = 1_000;

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private CoreSchema() {}

  static boolean isNull(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> true;
      default -> false;
    };
  }

  static @Nullable Boolean bool(String text) {
    return switch (text) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> null;
    };
  }

  /// Whether a plain scalar of this text is something else than text.
  static boolean isOther(String text) {
    return isNull(text)
        || bool(text) != null
        || isInteger(text)
        || isDecimal(text)
        || special(text) != null;
  }

  /// Infinity or NaN, or null when it is neither.
  static @Nullable Double special(String text) {
    return switch (text) {
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
      case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
      case ".nan", ".NaN", ".NAN" -> Double.NaN;
      default -> null;
    };
  }

  /// Whether it is a whole number: decimal, `0o17` or `0x1F`.
  static boolean isInteger(String text) {
    return startsNumber(text) && INTEGER.matcher(text).matches();
  }

  /// Whether it is a decimal number, whole or not.
  static boolean isDecimal(String text) {
    return startsNumber(text) && DECIMAL.matcher(text).matches();
  }

  /// The value of what [#isInteger] accepts.
  static BigInteger integer(String text) {
    if (text.startsWith("0o")) {
      return new BigInteger(text.substring(2), 8);
    }
    return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
  }

  /// The value of what is a number, or null when it is finite and a double has no room for it.
  static @Nullable Double floating(String text) {
    Double special = special(text);
    if (special != null) {
      return special;
    }
    double value = isDecimal(text) ? Double.parseDouble(text) : integer(text).doubleValue();
    return Double.isInfinite(value) ? null : value;
  }

  private static boolean startsNumber(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char c = text.charAt(0);
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
  }
}
