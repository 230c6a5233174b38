package dev.pirn.server;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server could not be started. The message shows every problem as [Rendering#plain] does.
public final class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  ServerException(Diagnostic diagnostic, @Nullable Throwable cause) {
    super(Rendering.plain().render(diagnostic).strip(), cause);
    this.diagnostics = List.of(diagnostic);
  }

  /// What kept it from being started.
  public List<Diagnostic> diagnostics() {
    return diagnostics == null ? List.of() : diagnostics;
  }
}
