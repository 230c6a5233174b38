package dev.pirn.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// The numbers. A number stands without quotes.
enum NumberShape implements Shape {
  INT("a whole number"),
  LONG("a whole number"),
  BIG_INTEGER("a whole number"),
  DOUBLE("a number"),
  BIG_DECIMAL("a number");

  private final String expected;

  NumberShape(String expected) {
    this.expected = expected;
  }

  @Override
  public String expected() {
    return expected;
  }

  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    if (!(node instanceof YamlScalar scalar) || scalar.isNull()) {
      return binding.mismatch(Code.WRONG_KIND, node, expected, null);
    }
    String text = scalar.text();
    if (!hasForm(text)) {
      return binding.mismatch(Code.WRONG_VALUE, node, expected, withoutSeparators(text));
    }
    if (!scalar.plain()) {
      return binding.mismatch(Code.WRONG_VALUE, node, expected, "remove the quotes");
    }
    if (text.length() > CoreSchema.MOST_DIGITS) {
      return binding.fail(
          Code.OUT_OF_RANGE,
          node,
          "%s has more than %s digits".formatted(binding.here(), CoreSchema.MOST_DIGITS));
    }
    Object value = read(text);
    return value != null ? value : binding.fail(Code.OUT_OF_RANGE, node, outOfRange(text, binding));
  }

  private boolean hasForm(String text) {
    return switch (this) {
      case INT, LONG, BIG_INTEGER -> CoreSchema.isInteger(text);
      case DOUBLE ->
          CoreSchema.isInteger(text)
              || CoreSchema.isDecimal(text)
              || CoreSchema.special(text) != null;
      case BIG_DECIMAL -> CoreSchema.isInteger(text) || CoreSchema.isDecimal(text);
    };
  }

  /// The number, or null when the type has no room for it.
  private @Nullable Object read(String text) {
    return switch (this) {
      case INT -> {
        BigInteger value = CoreSchema.integer(text);
        yield value.bitLength() < Integer.SIZE ? value.intValue() : null;
      }
      case LONG -> {
        BigInteger value = CoreSchema.integer(text);
        yield value.bitLength() < Long.SIZE ? value.longValue() : null;
      }
      case BIG_INTEGER -> CoreSchema.integer(text);
      case DOUBLE -> CoreSchema.floating(text);
      case BIG_DECIMAL -> bigDecimal(text);
    };
  }

  private static @Nullable BigDecimal bigDecimal(String text) {
    if (CoreSchema.isInteger(text)) {
      return new BigDecimal(CoreSchema.integer(text));
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null; // the exponent is too large
    }
  }

  private String outOfRange(String text, Binding binding) {
    String range =
        switch (this) {
          case INT -> " must be from %s to %s".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE);
          case LONG -> " must be from %s to %s".formatted(Long.MIN_VALUE, Long.MAX_VALUE);
          case BIG_INTEGER, DOUBLE, BIG_DECIMAL -> " is too large a number";
        };
    return binding.here() + range + ", found " + Quoting.quote(text);
  }

  private @Nullable String withoutSeparators(String text) {
    String digits = text.replaceAll("[_,' ]", "");
    return !digits.equals(text) && hasForm(digits) ? "write " + digits : null;
  }
}
