package dev.pirn.live;

import dev.pirn.watch.WatchState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// How a source stands now.
///
/// @param name the source's name
/// @param generation the generation in force
/// @param digest of what is in force
/// @param time when it came into force
/// @param applied how many reloads published, the first included
/// @param rejected how many were refused
/// @param unchanged how many found nothing that counts
/// @param listenerFailures how many calls of listeners threw
/// @param watch what the watch sees, and cannot see
/// @param diagnostics all that is to be mended now, sorted by place
public record LiveStatus(
    String name,
    long generation,
    String digest,
    Instant time,
    long applied,
    long rejected,
    long unchanged,
    long listenerFailures,
    WatchState watch,
    List<Diagnostic> diagnostics) {
  public LiveStatus {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(watch, "watch");
    diagnostics = List.copyOf(diagnostics);
  }
}
