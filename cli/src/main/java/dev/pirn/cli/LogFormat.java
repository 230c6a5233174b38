package dev.pirn.cli;

/// How log lines are written.
enum LogFormat {
  /// For people: `12:03:04 message`.
  TEXT,
  /// For programs: one JSON object a line.
  JSON
}
