package dev.pirn.agents.front;

/// How large the head of a request may be.
final class Limits {
  /// The first line, in bytes.
  static final int LINE = 16 * 1024;

  /// All headers together, in bytes.
  static final int HEADERS = 64 * 1024;

  private Limits() {}
}
