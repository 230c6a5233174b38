package dev.pirn.settings;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A value with what it refers to.
///
/// @param parts what it is put together of
record Template(List<Part> parts) {
  Template {
    parts = List.copyOf(parts);
  }

  /// A stretch of a value.
  sealed interface Part {}

  /// Text as it is meant.
  record Literal(String text) implements Part {}

  /// `${NAME}` or `${NAME:-default}`.
  ///
  /// @param start where it stands in the file's text
  /// @param end the index behind it
  record Reference(String name, @Nullable Template fallback, int start, int end) implements Part {}

  /// Its text if it refers to nothing, or else null.
  @Nullable String plain() {
    return switch (parts.size()) {
      case 0 -> "";
      case 1 -> parts.getFirst() instanceof Literal(String text) ? text : null;
      default -> null;
    };
  }

  /// The names that it refers to, in defaults too.
  Stream<String> names() {
    return parts.stream()
        .flatMap(part ->
            switch (part) {
              case Literal _ -> Stream.empty();
              case Reference(String name, Template fallback, int _, int _) ->
                  Stream.concat(
                      Stream.of(name), fallback == null ? Stream.empty() : fallback.names());
            });
  }
}
