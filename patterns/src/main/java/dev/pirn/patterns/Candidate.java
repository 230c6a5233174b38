package dev.pirn.patterns;

/// A pattern that wants to be in a library, as it is defined and as it would be in force.
record Candidate(Definition definition, LoadedPattern loaded) {
  String name() {
    return loaded.name();
  }

  /// Whether the file is the pattern, and not a bundle with it among others.
  boolean wholeFile() {
    return loaded.bundle() == null;
  }
}
