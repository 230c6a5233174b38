package dev.pirn.live;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What came of decoding: a value, or none, and what is to be said about it.
///
/// A result without a value has at least one error; a result with one has none.
///
/// @param value the value, or null when there is an error
/// @param diagnostics errors, or warnings beside the value
/// @param <T> the type of the value
public record Decoded<T>(@Nullable T value, List<Diagnostic> diagnostics) {
  public Decoded {
    diagnostics = List.copyOf(diagnostics);
    if ((value == null) != Diagnostic.anyError(diagnostics)) {
      throw new IllegalArgumentException(
          value == null
              ? "a result without a value needs an error"
              : "a result with a value cannot have an error: " + diagnostics);
    }
  }

  /// A value about which there is nothing to say.
  public static <T> Decoded<T> of(T value) {
    return new Decoded<>(Objects.requireNonNull(value, "value"), List.of());
  }

  /// A value with warnings.
  public static <T> Decoded<T> of(T value, List<Diagnostic> warnings) {
    return new Decoded<>(Objects.requireNonNull(value, "value"), warnings);
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
