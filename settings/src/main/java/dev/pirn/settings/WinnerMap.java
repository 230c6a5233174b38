package dev.pirn.settings;

import dev.pirn.yaml.Scalar;
import dev.pirn.yaml.YamlScalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which parameter sets which key, and the guardrails of both parameters and metrics.
///
/// @param experiment whose winners are taken; null for any
/// @param parameters by the name that winners use
/// @param metrics what a winner must have reached, by name
record WinnerMap(
    @Nullable String experiment, Map<String, Target> parameters, Map<String, Bounds> metrics) {

  /// What a parameter sets: a key alone, or with guardrails.
  sealed interface Target {
    YamlScalar key();

    Bounds bounds();
  }

  /// A key without guardrails.
  @Scalar
  record Plain(YamlScalar key) implements Target {
    @Override
    public Bounds bounds() {
      return Bounds.NONE;
    }
  }

  /// A key with guardrails.
  record Guarded(
      YamlScalar key, @Nullable BigDecimal min, @Nullable BigDecimal max, List<String> oneOf)
      implements Target {
    @Override
    public Bounds bounds() {
      return new Bounds(min, max, oneOf);
    }
  }

  /// What a value must keep to.
  record Bounds(@Nullable BigDecimal min, @Nullable BigDecimal max, List<String> oneOf) {
    static final Bounds NONE = new Bounds(null, null, List.of());

    /// What is expected, in the words of a problem; null if the value keeps to it.
    @Nullable String violated(String value) {
      boolean listed = oneOf.isEmpty() || oneOf.contains(value);
      boolean bounded = min == null && max == null;
      return listed && (bounded || within(value)) ? null : words();
    }

    private boolean within(String value) {
      try {
        BigDecimal number = new BigDecimal(value);
        return (min == null || number.compareTo(min) >= 0)
            && (max == null || number.compareTo(max) <= 0);
      } catch (NumberFormatException e) {
        return false;
      }
    }

    private String words() {
      List<String> words = new ArrayList<>();
      if (min != null) {
        words.add("at least " + min);
      }
      if (max != null) {
        words.add("at most " + max);
      }
      if (!oneOf.isEmpty()) {
        words.add("one of " + String.join(", ", oneOf));
      }
      return String.join(" and ", words);
    }
  }
}
