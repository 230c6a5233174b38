package dev.pirn.agents;

import java.time.Instant;

/// A line that an agent has printed.
///
/// @param time when it was read
/// @param agent who
/// @param generation of the process that printed it
/// @param error whether it was printed to standard error
/// @param text the line, without its end
public record LogLine(Instant time, String agent, long generation, boolean error, String text) {}
