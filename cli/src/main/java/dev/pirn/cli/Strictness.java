package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Severity;
import java.util.List;

/// The exit code of what has been found, where `--strict` was given.
final class Strictness {
  private Strictness() {}

  static int exit(List<Diagnostic> found) {
    if (Diagnostic.anyError(found)) {
      return Exit.FAILED;
    }
    boolean warnings = found.stream().anyMatch(it -> it.severity() == Severity.WARNING);
    return warnings ? Exit.WARNINGS : Exit.DONE;
  }
}
