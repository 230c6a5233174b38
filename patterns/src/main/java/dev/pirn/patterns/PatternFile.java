package dev.pirn.patterns;

import java.util.List;

/// What one file of a library holds.
sealed interface PatternFile {
  /// The patterns that the file defines.
  List<Definition> definitions();

  /// A file that is one pattern.
  record Single(Definition definition) implements PatternFile {
    @Override
    public List<Definition> definitions() {
      return List.of(definition);
    }
  }

  /// A file that is a bundle of patterns.
  record Many(Bundle bundle, List<Definition> definitions) implements PatternFile {
    public Many {
      definitions = List.copyOf(definitions);
    }
  }

  /// A file of another kind, which only lies among the patterns.
  record Foreign(String kind) implements PatternFile {
    @Override
    public List<Definition> definitions() {
      return List.of();
    }
  }
}
