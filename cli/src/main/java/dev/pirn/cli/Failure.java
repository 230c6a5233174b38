package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import java.util.List;

/// Ends a command with diagnostics for its user.
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Diagnostic> diagnostics;

  Failure(List<Diagnostic> diagnostics) {
    super(diagnostics.isEmpty() ? "failed" : diagnostics.getFirst().message());
    this.diagnostics = List.copyOf(diagnostics);
  }

  Failure(Diagnostic diagnostic) {
    this(List.of(diagnostic));
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
