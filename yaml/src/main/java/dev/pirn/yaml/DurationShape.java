package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A duration: a whole number and a unit. Without one it is milliseconds, and that is said once in
/// each file.
record DurationShape() implements Shape {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)?");

  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    if (!(node instanceof YamlScalar scalar) || scalar.isNull()) {
      return binding.mismatch(Code.WRONG_KIND, node, expected(), null);
    }
    Matcher matcher = FORM.matcher(scalar.text());
    if (!matcher.matches()) {
      return binding.mismatch(
          Code.WRONG_VALUE, node, expected(), "the units are ms, s, m, h and d");
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    if (unit == null && amount != 0 && binding.tellUnit()) {
      binding.report(
          Diagnostic.info(
                  Code.NO_UNIT.id(),
                  node.place(),
                  "%s has no unit, and is taken as %sms".formatted(binding.here(), amount))
              .help("write the unit: ms, s, m, h or d"));
    }
    try {
      return Duration.of(amount, unit(unit));
    } catch (ArithmeticException e) {
      return binding.fail(
          Code.OUT_OF_RANGE,
          node,
          binding.here() + " is too long a duration, found " + Quoting.quote(scalar.text()));
    }
  }

  @Override
  public String expected() {
    return "a duration like 500ms or 2s";
  }

  private static ChronoUnit unit(@Nullable String unit) {
    return switch (unit) {
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      case "d" -> ChronoUnit.DAYS;
      case null, default -> ChronoUnit.MILLIS;
    };
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    Map<String, Object> text = Schemas.types("string");
    text.put("pattern", "^" + FORM.pattern() + "$");
    Map<String, Object> millis = Schemas.types("integer");
    millis.put("minimum", 0);
    return Schemas.anyOf(text, millis);
  }
}
