package dev.pirn.live;

import java.util.List;

/// What a [Check] says of a candidate.
///
/// @param diagnostics warnings, or the errors that refuse the candidate
public record Verdict(List<Diagnostic> diagnostics) {
  private static final Verdict OK = new Verdict(List.of());

  public Verdict {
    diagnostics = List.copyOf(diagnostics);
  }

  /// The candidate may be published.
  public static Verdict ok() {
    return OK;
  }

  /// The candidate is refused for this reason: lower case, no full stop.
  public static Verdict refuse(String reason) {
    return new Verdict(List.of(Diagnostic.error(Codes.REFUSED, null, reason)));
  }

  /// What is to be said of the candidate; any error among it refuses it.
  public static Verdict of(List<Diagnostic> diagnostics) {
    return new Verdict(diagnostics);
  }

  /// Whether the candidate is refused.
  public boolean refused() {
    return Diagnostic.anyError(diagnostics);
  }
}
