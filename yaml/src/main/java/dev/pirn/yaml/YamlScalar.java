package dev.pirn.yaml;

import dev.pirn.live.Place;

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

  @Override
  public Place place() {
    return span.place();
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
