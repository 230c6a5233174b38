package dev.pirn.patterns;

/// A pattern that may be what a message asks for.
///
/// @param pattern the pattern
/// @param confidence over 0, at most 0.9: a rule of thumb, not a probability
public record Recommendation(LoadedPattern pattern, double confidence) {
  /// The pattern's name.
  public String name() {
    return pattern.name();
  }
}
