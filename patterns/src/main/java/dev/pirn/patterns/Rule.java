package dev.pirn.patterns;

/// A rule that a bundle's entry states instead of a template or an example.
///
/// @param condition when it holds
/// @param action what to do then
/// @param rationale why; empty when not said
public record Rule(String condition, String action, String rationale) {}
