package dev.pirn.registry;

import dev.pirn.yaml.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/// What a dependency wants of the tags of a tool: one text, or a list of texts of which one is
/// enough.
///
/// | written | a tool |
/// |---|---|
/// | `"sql"` | must have the tag |
/// | `"+fast"` | is preferred if it has the tag |
/// | `"-beta"` | must not have the tag |
/// | `["sql", "+graph"]` | must have one of them; `+` is preferred among these |
///
/// **Threading.** Immutable.
///
/// @param written a `String`, or a list of them
// How it is read is nothing for those who use it.
@SuppressWarnings("exports")
@Scalar
public record TagWish(Object written) {
  static final int LONGEST = 100;
  static final int MOST_ALTERNATIVES = 20;

  /// @throws IllegalArgumentException if it is no such wish
  public TagWish {
    Objects.requireNonNull(written, "written");
    if (written instanceof Collection<?> alternatives) {
      if (alternatives.isEmpty() || alternatives.size() > MOST_ALTERNATIVES) {
        throw new IllegalArgumentException(
            "alternatives are from 1 to %d tags".formatted(MOST_ALTERNATIVES));
      }
      List<String> copy = new ArrayList<>();
      for (Object alternative : alternatives) {
        copy.add(tag(alternative, false));
      }
      written = List.copyOf(copy);
    } else {
      written = tag(written, true);
    }
  }

  private static String tag(Object written, boolean excluding) {
    if (!(written instanceof String text)) {
      throw new IllegalArgumentException("a tag is text, or a list of texts");
    }
    if (text.startsWith("-") && !excluding) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be one of several; write it beside the list".formatted(text));
    }
    String bare = bare(text);
    if (bare.isEmpty() || bare.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a tag has from 1 to %d characters, beside a \"+\" or \"-\" before it"
              .formatted(LONGEST));
    }
    return text;
  }

  private static String bare(String text) {
    return text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
  }

  /// Whether a tool with these tags will do.
  boolean allows(Collection<String> tags) {
    return switch (written) {
      case String text when text.startsWith("+") -> true;
      case String text when text.startsWith("-") -> !tags.contains(bare(text));
      case String text -> tags.contains(text);
      default -> alternatives().stream().anyMatch(text -> tags.contains(bare(text)));
    };
  }

  /// How much more a tool with these tags is preferred than one without.
  int score(Collection<String> tags) {
    return (int)
        alternatives().stream()
            .filter(text -> text.startsWith("+") && tags.contains(bare(text)))
            .count();
  }

  private List<String> alternatives() {
    return written instanceof Collection<?> several
        ? several.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(written));
  }
}
