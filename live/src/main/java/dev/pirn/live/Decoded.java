package dev.pirn.live;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What came of decoding: a value, or none, and what is to be said about it.
///
/// A result without a value has at least one error. A result with one has warnings at most, unless
/// it was made [#partly]: then parts of the file are broken, and the value has something else in
/// their places.
///
/// @param value the value, or null when there is none
/// @param diagnostics errors, or warnings beside the value
/// @param <T> the type of the value
public record Decoded<T>(@Nullable T value, List<Diagnostic> diagnostics) {
  public Decoded {
    diagnostics = List.copyOf(diagnostics);
    if (value == null && !Diagnostic.anyError(diagnostics)) {
      throw new IllegalArgumentException("a result without a value needs an error");
    }
  }

  /// A value about which there is nothing to say.
  public static <T> Decoded<T> of(T value) {
    return new Decoded<>(Objects.requireNonNull(value, "value"), List.of());
  }

  /// A value with warnings.
  ///
  /// @throws IllegalArgumentException when one of them is an error
  public static <T> Decoded<T> of(T value, List<Diagnostic> warnings) {
    if (Diagnostic.anyError(warnings)) {
      throw new IllegalArgumentException(
          "a result with a value cannot have an error, unless it is made partly: " + warnings);
    }
    return partly(value, warnings);
  }

  /// A value for a file of which parts are broken. It is put in force, and the errors are told and
  /// stand among what is to be mended until the file changes; each says by itself what is in force
  /// in the place of its part. Only what a decoder makes is taken so: what an assembler or a check
  /// calls an error keeps the whole from being published.
  public static <T> Decoded<T> partly(T value, List<Diagnostic> diagnostics) {
    return new Decoded<>(Objects.requireNonNull(value, "value"), diagnostics);
  }

  /// No value.
  public static <T> Decoded<T> failed(List<Diagnostic> diagnostics) {
    return new Decoded<>(null, diagnostics);
  }

  /// No value, for one reason.
  public static <T> Decoded<T> failed(Diagnostic diagnostic) {
    return new Decoded<>(null, List.of(diagnostic));
  }

  /// The same outcome with another value.
  public <R> Decoded<R> map(Function<? super T, ? extends R> function) {
    T from = value;
    return from == null
        ? new Decoded<>(null, diagnostics)
        : new Decoded<>(function.apply(from), diagnostics);
  }
}
