package dev.pirn.patterns;

/// A pattern that a search found.
///
/// @param pattern the pattern
/// @param score how well it fits, greater is better; comparable within one search only; 0 when all
///   patterns were asked for
public record SearchHit(LoadedPattern pattern, double score) {}
