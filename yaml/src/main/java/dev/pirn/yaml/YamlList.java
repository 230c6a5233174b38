package dev.pirn.yaml;

import dev.pirn.live.Place;
import java.util.List;

/// A list of values.
public final class YamlList implements YamlNode {
  private final Span span;
  private final List<YamlNode> items;

  YamlList(Span span, List<YamlNode> items) {
    this.span = span;
    this.items = List.copyOf(items);
  }

  Span span() {
    return span;
  }

  @Override
  public Place place() {
    return span.place();
  }

  /// The values, in the order of the file; unmodifiable.
  public List<YamlNode> items() {
    return items;
  }

  @Override
  public String toString() {
    return "a list of " + items.size();
  }
}
