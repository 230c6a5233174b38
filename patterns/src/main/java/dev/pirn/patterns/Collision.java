package dev.pirn.patterns;

import dev.pirn.live.Diagnostic;

/// A pattern that is not in force because its name is taken.
///
/// @param hidden the pattern
/// @param inForce the one that has the name
record Collision(Candidate hidden, Candidate inForce) {
  /// An entry of a bundle may stand back behind a file; anything else is a fault.
  boolean isError() {
    return hidden.wholeFile() || !inForce.wholeFile();
  }

  /// What is to be said of it, with both files.
  Diagnostic diagnostic() {
    return isError() ? Problems.nameTaken(hidden, inForce) : Problems.entryHidden(hidden, inForce);
  }
}
