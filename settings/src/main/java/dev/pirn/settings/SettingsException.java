package dev.pirn.settings;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;

/// A setting cannot be read as what was asked for. The message shows the problem as
/// [Rendering#plain] does, and no secret.
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  SettingsException(Diagnostic diagnostic) {
    super(Rendering.plain().render(diagnostic).strip());
    this.diagnostic = diagnostic;
  }

  /// What is wrong.
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
