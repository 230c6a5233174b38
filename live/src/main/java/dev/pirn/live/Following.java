package dev.pirn.live;

import dev.pirn.watch.WatchSpec;
import java.time.Duration;
import java.util.Objects;

/// How the files of a value are followed while it is in force; for values that say so themselves.
///
/// @param changes whether changes of files are taken up as they come. If not, they wait for
///   [Live#reload]: only a value that is put in force by it, or by a rollback, can begin it again
/// @param debounce how long a file must have been as it is before it is taken up; zero for at once
public record Following(boolean changes, Duration debounce) {
  /// Every change, at once.
  public static final Following AT_ONCE = new Following(true, Duration.ZERO);

  /// @throws IllegalArgumentException when the debounce is negative or longer than
  ///   [WatchSpec#LONGEST_DEBOUNCE]
  public Following {
    Objects.requireNonNull(debounce, "debounce");
    if (debounce.isNegative() || debounce.compareTo(WatchSpec.LONGEST_DEBOUNCE) > 0) {
      throw new IllegalArgumentException(
          "debounce must be between 0 and 5000 ms, was " + debounce.toMillis() + " ms");
    }
  }
}
