package dev.pirn.live;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes one line, or one report, for each outcome of a source to the logger `dev.pirn.live`. A
/// logger that fails harms nobody.
final class Journal {
  private static final Logger LOG = System.getLogger("dev.pirn.live");

  private final String name;

  Journal(String name) {
    this.name = name;
  }

  /// @param thrown what user code threw, if it did
  void outcome(Reload<?> outcome, @Nullable Throwable thrown) {
    List<Diagnostic> said = outcome.diagnostics();
    long generation = outcome.snapshot().generation();
    String trigger = outcome.trigger().name().toLowerCase(Locale.ROOT);
    switch (outcome) {
      case Reload.Applied<?> _ ->
          log(
              said.isEmpty() ? Level.DEBUG : Level.WARNING,
              () -> "generation " + generation + " in force (" + trigger + ")" + report(said),
              thrown);
      case Reload.Rejected<?> _ ->
          log(
              Level.WARNING,
              () ->
                  "refused ("
                      + trigger
                      + "); generation "
                      + generation
                      + " stays in force"
                      + report(said),
              thrown);
      case Reload.Unchanged<?> _ ->
          log(Level.TRACE, () -> "unchanged (" + trigger + ")" + report(said), thrown);
    }
  }

  void listenerFailed(Throwable thrown) {
    log(
        Level.ERROR,
        () -> "a listener failed; it and the others are still told of what follows",
        thrown);
  }

  private static String report(List<Diagnostic> said) {
    return said.isEmpty() ? "" : "\n" + Rendering.plain().render(said).stripTrailing();
  }

  private void log(Level level, Supplier<String> text, @Nullable Throwable thrown) {
    try {
      if (LOG.isLoggable(level)) {
        LOG.log(level, name + ": " + text.get(), thrown);
      }
    } catch (Throwable e) {
      // There is nobody left to tell.
    }
  }
}
