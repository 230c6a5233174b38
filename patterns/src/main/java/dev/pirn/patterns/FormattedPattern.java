package dev.pirn.patterns;

import java.util.List;

/// A pattern as text for a model.
///
/// @param text Markdown, lines ended by a line feed
/// @param tokens the estimated number of its tokens, at most the budget
/// @param leftOut what did not fit, such as `2 examples`; empty when everything is there
public record FormattedPattern(String text, int tokens, List<String> leftOut) {
  public FormattedPattern {
    leftOut = List.copyOf(leftOut);
  }
}
