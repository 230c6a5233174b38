package dev.pirn.patterns;

import java.nio.charset.StandardCharsets;

/// A part of a formatted pattern, which is there as a whole or not at all.
///
/// @param kind what part it is
/// @param text its Markdown, without a line end at its end
record PatternPart(Kind kind, String text) {
  /// The kinds of parts in the order in which they stand in the text.
  ///
  /// The importance is the order in which they are given room: 0 first.
  enum Kind {
    HEADING(0, "heading"),
    DESCRIPTION(1, "description"),
    RULE(2, "rule"),
    USE_CASES(7, "use cases"),
    PARAMETERS(3, "parameters"),
    SYNTAX(8, "syntax"),
    TEMPLATE(4, "template"),
    BEST_PRACTICES(6, "best practices"),
    COMMON_ERRORS(5, "common errors"),
    EXAMPLE(9, "example");

    private final int importance;
    private final String label;

    Kind(int importance, String label) {
      this.importance = importance;
      this.label = label;
    }

    int importance() {
      return importance;
    }

    String label() {
      return label;
    }

    /// Whether a pattern may have several parts of this kind.
    boolean countable() {
      return this == TEMPLATE || this == EXAMPLE;
    }
  }

  /// The number of bytes in UTF-8.
  int bytes() {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
