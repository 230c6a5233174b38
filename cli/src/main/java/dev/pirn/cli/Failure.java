package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import java.util.List;

/// Ends a command with diagnostics for its user.
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Diagnostic> diagnostics;
  private final int exit;

  private Failure(List<Diagnostic> diagnostics, int exit) {
    super(diagnostics.isEmpty() ? "failed" : diagnostics.getFirst().message());
    this.diagnostics = List.copyOf(diagnostics);
    this.exit = exit;
  }

  Failure(List<Diagnostic> diagnostics) {
    this(diagnostics, Exit.FAILED);
  }

  /// An option or an argument has a value that it cannot have.
  static Failure usage(Diagnostic diagnostic) {
    return new Failure(List.of(diagnostic), Exit.USAGE);
  }

  int exit() {
    return exit;
  }

  Failure(Diagnostic diagnostic) {
    this(List.of(diagnostic));
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
