package dev.pirn.settings;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a value comes from.
///
/// @param file the file, absolute; null for the environment
/// @param line its line in the file, from 1; 0 for the environment
public record Origin(@Nullable Path file, int line) {
  /// The environment that the process was started with.
  public static final Origin ENVIRONMENT = new Origin(null, 0);

  public Origin {
    if ((file == null) != (line == 0) || line < 0) {
      throw new IllegalArgumentException("lines of files count from 1, was " + line);
    }
  }

  static Origin of(EnvEntry entry) {
    return new Origin(Objects.requireNonNull(entry.in().file()), entry.line());
  }

  /// `file:line`, or `environment`.
  @Override
  public String toString() {
    return file == null ? "environment" : file + ":" + line;
  }
}
