package dev.pirn.yaml;

import dev.pirn.live.Place;
import java.util.Objects;

/// A single value: text, a number, true or false, or nothing.
public final class YamlScalar implements YamlNode {
  private final Span span;
  private final String text;
  private final boolean plain;

  YamlScalar(Span span, String text, boolean plain) {
    this.span = span;
    this.text = text;
    this.plain = plain;
  }

  Span span() {
    return span;
  }

  @Override
  public Place place() {
    return span.place();
  }

  /// Where a part of the text stands, up to the end of its line: a placeholder in a template, say.
  /// The place of the whole scalar where that cannot be told, because the part is written with
  /// escapes or its line is folded.
  ///
  /// @param start the index of the part in [#text]
  /// @param end the index behind the part
  /// @throws IndexOutOfBoundsException if this is not a part of the text
  public Place place(int start, int end) {
    Objects.checkFromToIndex(start, end, text.length());
    int lineEnd = text.indexOf('\n', start);
    return span.placeOf(text, start, lineEnd < 0 ? end : Math.min(end, lineEnd));
  }

  /// The text as it is meant: without quotes, with escapes resolved and folded lines joined. A
  /// plain scalar keeps its spelling: `0x1F` is not `31`.
  public String text() {
    return text;
  }

  /// Whether it stands without quotes and is not a `|` or `>` block, so that it may be a number,
  /// true or false, or nothing.
  public boolean plain() {
    return plain;
  }

  /// Whether it means nothing: it is missing, or a plain `null` or `~`.
  public boolean isNull() {
    return plain && CoreSchema.isNull(text);
  }

  /// The text.
  @Override
  public String toString() {
    return text;
  }
}
