package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;

/// Ends the reading of a file for a reason that allows no going on. Never leaves [NodeReader].
final class Stop extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic reason;

  Stop(Diagnostic reason) {
    super(reason.message(), null, false, false);
    this.reason = reason;
  }

  Diagnostic reason() {
    return reason;
  }
}
