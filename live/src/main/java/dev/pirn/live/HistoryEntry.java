package dev.pirn.live;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// One reload that is remembered: those that published, and those that were refused.
///
/// @param generation what was in force after it
/// @param time when it ended
/// @param trigger why it was tried
/// @param applied whether it published this generation
/// @param digest of what was in force after it
/// @param files the files that it was about, absolute; empty for all
/// @param diagnostics what was said about it
public record HistoryEntry(
    long generation,
    Instant time,
    Trigger trigger,
    boolean applied,
    String digest,
    List<Path> files,
    List<Diagnostic> diagnostics) {
  public HistoryEntry {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(trigger, "trigger");
    Objects.requireNonNull(digest, "digest");
    files = List.copyOf(files);
    diagnostics = List.copyOf(diagnostics);
  }
}
