package dev.pirn.patterns;

import java.util.Locale;

/// How much somebody has to know to use a pattern.
public enum Difficulty {
  /// What a file that does not say has.
  BEGINNER,
  /// For those who have done it before.
  INTERMEDIATE,
  /// For those who know the field.
  ADVANCED;

  /// The word that files, people and JSON use: `beginner`, `intermediate` or `advanced`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
