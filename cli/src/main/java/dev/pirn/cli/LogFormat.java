package dev.pirn.cli;

import java.util.Locale;

/// How log lines are written.
enum LogFormat {
  /// For people: `12:03:04 message`.
  TEXT,
  /// For programs: one JSON object a line.
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
