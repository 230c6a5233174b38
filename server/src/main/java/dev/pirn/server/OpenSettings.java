package dev.pirn.server;

import dev.pirn.live.Diagnostic;
import dev.pirn.settings.Settings;
import java.util.List;

/// Settings that are, or are to be, in force, and how their generations are counted.
///
/// @param spec how they were opened
/// @param settings the settings
/// @param generationsBefore how many generations there were before the first of these
record OpenSettings(SettingsSpec spec, Settings settings, long generationsBefore)
    implements AutoCloseable {
  /// The generation in force, counted on from the settings before.
  long generation() {
    return generationsBefore + settings.live().generation();
  }

  /// The same, with generations that are counted on. Two numbers are left out, so that a generation
  /// that the other may publish at this very moment has a number of its own.
  OpenSettings countedOnFrom(OpenSettings other) {
    return new OpenSettings(spec, settings, other.generation() + 2 - settings.live().generation());
  }

  /// The errors for which nothing of their files is in force.
  List<Diagnostic> errors() {
    return settings.diagnostics().stream().filter(Diagnostic::isError).toList();
  }

  @Override
  public void close() {
    settings.close();
  }
}
