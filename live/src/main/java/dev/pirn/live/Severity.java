package dev.pirn.live;

import java.util.Locale;

/// How much a [Diagnostic] matters.
public enum Severity {
  /// The file, or the whole candidate, is not put in force.
  ERROR,
  /// The value is put in force; somebody should look.
  WARNING,
  /// Worth knowing, nothing to mend.
  INFO;

  /// The word that people and JSON see: `error`, `warning` or `info`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
