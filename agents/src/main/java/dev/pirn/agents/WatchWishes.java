package dev.pirn.agents;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one file wishes to be watched: the `watch` of an `agent.yaml`, or a `.meshwatch`.
///
/// @param enabled whether changes do anything, or null if the file does not say
/// @param include what restarts the agent; empty if the file does not say
/// @param exclude what is not watched
/// @param logOnly what is only reported
/// @param reloadDelay how long a file must be at rest, or null if the file does not say
public record WatchWishes(
    @Nullable Boolean enabled,
    List<PathPattern> include,
    List<PathPattern> exclude,
    List<PathPattern> logOnly,
    @Nullable Duration reloadDelay) {
  /// No wishes.
  public static final WatchWishes NONE =
      new WatchWishes(null, List.of(), List.of(), List.of(), null);

  public WatchWishes {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    logOnly = List.copyOf(logOnly);
  }
}
