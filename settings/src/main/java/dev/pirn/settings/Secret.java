package dev.pirn.settings;

/// A text that does not show itself: a component of this type keeps a password out of its record's
/// `toString`.
///
/// @param reveal the text itself
public record Secret(String reveal) {
  /// Always `***`.
  @Override
  public String toString() {
    return Secrets.MASK;
  }
}
