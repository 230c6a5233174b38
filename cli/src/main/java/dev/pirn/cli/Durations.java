package dev.pirn.cli;

import dev.pirn.watch.WatchSpec;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them.
final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s)?");

  private Durations() {}

  /// `auto`, which is zero, or a duration; a bare number is milliseconds.
  ///
  /// @throws Failure if it is neither, or too long
  static Duration debounce(String text) {
    if (text.equals("auto")) {
      return Duration.ZERO;
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw Failure.usage(Problems.badDebounce(text));
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration =
        "s".equals(matcher.group(2)) ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
    if (duration.compareTo(WatchSpec.LONGEST_DEBOUNCE) > 0) {
      throw Failure.usage(Problems.badDebounce(text));
    }
    return duration;
  }
}
