package dev.pirn.patterns;

import dev.pirn.live.Diagnostic;

/// A pattern that is not in force because its name is taken.
///
/// @param hidden the pattern
/// @param diagnostic says which other file has the name
record Collision(LoadedPattern hidden, Diagnostic diagnostic) {}
