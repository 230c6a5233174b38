package dev.pirn.patterns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Chooses among a pattern and its variants: the patterns called `base.variant`.
final class Variants {
  private final PatternLibrary library;
  private final String base;

  Variants(PatternLibrary library, String base) {
    this.library = library;
    this.base = base;
  }

  /// The variants, without the base, by name.
  List<LoadedPattern> all() {
    String prefix = base + ".";
    return library.list().stream()
        .filter(loaded -> loaded.name().startsWith(prefix))
        .filter(loaded -> loaded.name().indexOf('.', prefix.length()) < 0)
        .toList();
  }

  Optional<LoadedPattern> select(Selector selector) {
    return switch (selector) {
      case Selector.Explicit(String variant) -> named(variant);
      case Selector.Hash(String session) -> hashed(session);
      case Selector.Weighted(var weights, String session) ->
          named(Weights.at(Long.remainderUnsigned(hash(session), Weights.total(weights)), weights));
      case Selector.Random(var weights, var source) ->
          named(Weights.at(source.nextLong(Weights.total(weights)), weights));
    };
  }

  private Optional<LoadedPattern> named(String variant) {
    return library.get(variant.isEmpty() ? base : base + "." + variant).or(() -> library.get(base));
  }

  private Optional<LoadedPattern> hashed(String session) {
    List<LoadedPattern> choices = new ArrayList<>();
    library.get(base).ifPresent(choices::add);
    choices.addAll(all());
    return choices.isEmpty()
        ? Optional.empty()
        : Optional.of(choices.get((int) Long.remainderUnsigned(hash(session), choices.size())));
  }

  private long hash(String session) {
    return fnv1a(session + base);
  }

  /// FNV-1a, 64 bits, of the text in UTF-8.
  static long fnv1a(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
