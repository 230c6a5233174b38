package dev.pirn.yaml;

import dev.pirn.live.Place;
import java.util.Collections;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A map from keys to values, in the order of the file. Keys are text, each is there once.
public final class YamlMap implements YamlNode {
  private final Span span;
  private final SequencedMap<String, Entry> entries;

  YamlMap(Span span, SequencedMap<String, Entry> entries) {
    this.span = span;
    this.entries = entries;
  }

  Span span() {
    return span;
  }

  @Override
  public Place place() {
    return span.place();
  }

  /// The keys with their values, in the order of the file; unmodifiable.
  public SequencedCollection<Entry> entries() {
    return Collections.unmodifiableSequencedCollection(entries.sequencedValues());
  }

  @Nullable Entry entry(String key) {
    return entries.get(key);
  }

  /// The value of a key, or null when the key is not there.
  public @Nullable YamlNode get(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /// Where a key stands, or null when it is not there.
  public @Nullable Place keyPlace(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.key().place();
  }

  @Override
  public String toString() {
    return "a map of " + entries.keySet();
  }

  /// A key and its value.
  ///
  /// @param key the key, with its place
  /// @param value the value; a null scalar where there is none
  public record Entry(YamlScalar key, YamlNode value) {}
}
