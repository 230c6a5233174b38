package dev.pirn.live;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long the steps of a reload took.
///
/// @param read reading and digesting the files
/// @param decode decoding them
/// @param check assembling the value and running the checks
/// @param total from the start of the reload to its outcome
/// @param lag from the last modification of the newest file to the outcome, by the clock of the
///   file system; null when no file was read
public record Timings(
    Duration read, Duration decode, Duration check, Duration total, @Nullable Duration lag) {}
