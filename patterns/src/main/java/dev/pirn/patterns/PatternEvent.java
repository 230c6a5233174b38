package dev.pirn.patterns;

import dev.pirn.live.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What happened to one pattern.
///
/// @param type what happened
/// @param name the pattern's name; of a broken file the name that it had, or that can be read in
///   it, or its file's name without the ending
/// @param category the pattern's category, likewise; empty when it cannot be told
/// @param file the file, absolute; of a deleted pattern the file that it was in
/// @param from where the file was before, if it was renamed; otherwise null
/// @param generation the generation of the library after the event
/// @param diagnostics the errors of [Type#VALIDATION_FAILED]; otherwise empty
public record PatternEvent(
    Type type,
    String name,
    String category,
    Path file,
    @Nullable Path from,
    long generation,
    List<Diagnostic> diagnostics) {
  /// What may happen to a pattern.
  public enum Type {
    /// It is no longer in force.
    DELETE,
    /// It came into force, or comes from another file now.
    CREATE,
    /// Its file was changed.
    MODIFY,
    /// What its file says now is not in force.
    VALIDATION_FAILED;

    /// `create`, `modify`, `delete` or `validation_failed`.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public PatternEvent {
    diagnostics = List.copyOf(diagnostics);
  }
}
