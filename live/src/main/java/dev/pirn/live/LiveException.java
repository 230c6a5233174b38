package dev.pirn.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A source could not be opened. The message shows every problem as [Rendering#plain] does.
public final class LiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  LiveException(List<Diagnostic> diagnostics, @Nullable Throwable cause) {
    super(Rendering.plain().render(diagnostics).strip(), cause);
    this.diagnostics = List.copyOf(diagnostics);
  }

  /// What kept it from being opened.
  public List<Diagnostic> diagnostics() {
    return diagnostics == null ? List.of() : diagnostics;
  }
}
