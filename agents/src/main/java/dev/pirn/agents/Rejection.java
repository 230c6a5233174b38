package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import java.time.Instant;
import java.util.List;

/// Why the last process that was wanted is not in force.
///
/// @param time when that was
/// @param generation which it would have been
/// @param reason what happened, in a few words
/// @param diagnostics what is wrong with the code, if that is known
/// @param lastLines the last lines that it printed
public record Rejection(
    Instant time,
    long generation,
    String reason,
    List<Diagnostic> diagnostics,
    List<String> lastLines) {
  public Rejection {
    diagnostics = List.copyOf(diagnostics);
    lastLines = List.copyOf(lastLines);
  }
}
