package dev.pirn.watch;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a watch sees, and how.
///
/// @param backend how changes are noticed
/// @param folders how many folders are watched
/// @param files how many files are in scope
/// @param resyncs how often events were lost and the disk was compared instead
/// @param problems what it cannot see, sorted by path
/// @param listenerFailure what the listener threw last, or null
public record WatchState(
    Backend backend,
    int folders,
    int files,
    long resyncs,
    List<WatchProblem> problems,
    @Nullable Throwable listenerFailure) {
  public WatchState {
    Objects.requireNonNull(backend, "backend");
    problems = List.copyOf(problems);
  }
}
