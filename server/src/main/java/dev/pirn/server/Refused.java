package dev.pirn.server;

import dev.pirn.live.Diagnostic;
import java.util.List;

/// A request is refused: thrown by what answers it, told to the client as `problem+json`.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<Diagnostic> diagnostics;

  Refused(int status, List<Diagnostic> diagnostics) {
    super(diagnostics.getFirst().message(), null, false, false);
    this.status = status;
    this.diagnostics = List.copyOf(diagnostics);
  }

  Refused(int status, Diagnostic diagnostic) {
    this(status, List.of(diagnostic));
  }

  int status() {
    return status;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
