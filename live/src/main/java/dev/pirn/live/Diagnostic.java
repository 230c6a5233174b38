package dev.pirn.live;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One problem: what happened, where, what is in force now, and what to do.
///
/// Diagnostics are data; [Rendering] turns them into text. Messages start in lower case, end
/// without a full stop, and quote what the person wrote.
///
/// @param code the stable code of this kind of problem, such as `PIRN-Y004`; each is explained in
///   `docs/guide/errors.md`
/// @param severity whether it keeps a value from being put in force
/// @param message what happened, one line
/// @param place where, or null when the problem has no file
/// @param hint a few words beside the marked text, such as `did you mean "port"?`
/// @param related other places that belong to the problem
/// @param inForce what is in force now, or null when that is not known here
/// @param help what to do
public record Diagnostic(
    String code,
    Severity severity,
    String message,
    @Nullable Place place,
    @Nullable String hint,
    List<Place> related,
    @Nullable String inForce,
    @Nullable String help) {

  /// By file, then by position.
  public static final Comparator<Diagnostic> BY_PLACE =
      Comparator.comparing(
              Diagnostic::place,
              Comparator.nullsFirst(
                  Comparator.comparing((Place place) -> place.file().toString())
                      .thenComparingInt(Place::line)
                      .thenComparingInt(Place::column)))
          .thenComparing(Diagnostic::code)
          .thenComparing(Diagnostic::message);

  public Diagnostic {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(message, "message");
    related = List.copyOf(related);
  }

  /// An error at a place.
  public static Diagnostic error(String code, @Nullable Place place, String message) {
    return new Diagnostic(code, Severity.ERROR, message, place, null, List.of(), null, null);
  }

  /// A warning at a place.
  public static Diagnostic warning(String code, @Nullable Place place, String message) {
    return new Diagnostic(code, Severity.WARNING, message, place, null, List.of(), null, null);
  }

  /// A piece of information at a place.
  public static Diagnostic info(String code, @Nullable Place place, String message) {
    return new Diagnostic(code, Severity.INFO, message, place, null, List.of(), null, null);
  }

  /// This diagnostic with a hint beside the marked text.
  public Diagnostic hint(@Nullable String hint) {
    return new Diagnostic(code, severity, message, place, hint, related, inForce, help);
  }

  /// This diagnostic with other places that belong to it.
  public Diagnostic related(List<Place> related) {
    return new Diagnostic(code, severity, message, place, hint, related, inForce, help);
  }

  /// This diagnostic with a word on what is in force.
  public Diagnostic inForce(@Nullable String inForce) {
    return new Diagnostic(code, severity, message, place, hint, related, inForce, help);
  }

  /// This diagnostic with what to do.
  public Diagnostic help(@Nullable String help) {
    return new Diagnostic(code, severity, message, place, hint, related, inForce, help);
  }

  /// This diagnostic so many lines further down, for what was found in a part of a file.
  public Diagnostic down(int lines) {
    return new Diagnostic(
        code,
        severity,
        message,
        place == null ? null : place.down(lines),
        hint,
        related.stream().map(other -> other.down(lines)).toList(),
        inForce,
        help);
  }

  /// This diagnostic at another place.
  Diagnostic at(Place place) {
    return new Diagnostic(code, severity, message, place, hint, related, inForce, help);
  }

  /// Whether this keeps a value from being put in force.
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// Whether any of them is an error.
  public static boolean anyError(List<Diagnostic> diagnostics) {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
