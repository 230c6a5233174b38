package dev.pirn.patterns;

import java.nio.file.Path;
import java.util.Locale;

/// One row of a listing.
///
/// @param name the pattern's name
/// @param title its heading; empty when it has none
/// @param category its category
/// @param backendType its backend type; empty when it has none
/// @param difficulty its difficulty
/// @param file the file that it comes from, absolute
/// @param generation the generation of the library in which it came into force
/// @param state whether its file is sound at present
public record PatternSummary(
    String name,
    String title,
    String category,
    String backendType,
    Difficulty difficulty,
    Path file,
    long generation,
    State state) {
  /// Whether what is in force is what the file says.
  public enum State {
    /// The file is in force.
    ACTIVE,
    /// The file is broken at present; its last good version is in force.
    QUARANTINED;

    /// `active` or `quarantined`.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static PatternSummary of(LoadedPattern loaded, State state) {
    Pattern pattern = loaded.pattern();
    return new PatternSummary(
        pattern.name(),
        pattern.title(),
        pattern.category(),
        pattern.backendType(),
        pattern.difficulty(),
        loaded.file(),
        loaded.generation(),
        state);
  }
}
