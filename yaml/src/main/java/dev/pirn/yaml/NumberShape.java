package dev.pirn.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The numbers. A number stands without quotes.
enum NumberShape implements Shape {
  INT("a whole number"),
  LONG("a whole number"),
  BIG_INTEGER("a whole number"),
  DOUBLE("a number"),
  BIG_DECIMAL("a number");

  /// A number with separators between its thousands.
  private static final Pattern GROUPED =
      Pattern.compile("[-+]?[0-9]{1,3}([_,' ][0-9]{3}){1,20}+(\\.[0-9]+)?");

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
    return bindForm(node, text, null, binding);
  }

  /// Binds a plain scalar that has the form of this number.
  ///
  /// @param help what to do where the type has no room for it, or null
  Object bindForm(YamlNode node, String text, @Nullable String help, Binding binding) {
    String problem = " has more than " + CoreSchema.MOST_DIGITS + " digits";
    if (text.length() <= CoreSchema.MOST_DIGITS) {
      Object value = read(text);
      if (value != null) {
        return value;
      }
      problem = range() + ", found " + Quoting.quote(text);
    }
    return binding.fail(Code.OUT_OF_RANGE, node.place(), binding.here() + problem, null, help);
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

  private String range() {
    return switch (this) {
      case INT -> " must be from %s to %s".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> " must be from %s to %s".formatted(Long.MIN_VALUE, Long.MAX_VALUE);
      case BIG_INTEGER, DOUBLE, BIG_DECIMAL -> " is too large a number";
    };
  }

  private @Nullable String withoutSeparators(String text) {
    if (!GROUPED.matcher(text).matches()) {
      return null;
    }
    String digits = text.replaceAll("[_,' ]", "");
    return hasForm(digits) ? "write " + digits : null;
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    Map<String, Object> schema = Schemas.types(hasForm("0.5") ? "number" : "integer");
    if (this == INT) {
      schema.put("minimum", Integer.MIN_VALUE);
      schema.put("maximum", Integer.MAX_VALUE);
    } else if (this == LONG) {
      schema.put("minimum", Long.MIN_VALUE);
      schema.put("maximum", Long.MAX_VALUE);
    }
    return schema;
  }
}
