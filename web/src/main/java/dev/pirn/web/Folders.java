package dev.pirn.web;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.LiveStatus;
import dev.pirn.live.Place;
import dev.pirn.watch.WatchProblem;
import dev.pirn.watch.WatchState;
import java.nio.file.Path;
import java.util.List;

/// How the folders stand. One that is not there is a problem only if files of it are in force: it
/// need not exist yet, and many workspaces have no pages.
final class Folders {
  private Folders() {}

  /// The status of a source without the folders that nobody misses.
  static LiveStatus status(LiveStatus status, Tree tree) {
    WatchState seen = status.watch();
    List<WatchProblem> normal =
        seen.problems().stream()
            .filter(
                it -> it.kind() == WatchProblem.Kind.ROOT_MISSING && !holdsFiles(it.path(), tree))
            .toList();
    if (normal.isEmpty()) {
      return status;
    }
    List<WatchProblem> problems =
        seen.problems().stream().filter(it -> !normal.contains(it)).toList();
    List<Diagnostic> diagnostics =
        status.diagnostics().stream()
            .filter(it -> normal.stream().noneMatch(problem -> isAbout(it, problem)))
            .toList();
    return new LiveStatus(
        status.name(),
        status.generation(),
        status.digest(),
        status.time(),
        status.applied(),
        status.rejected(),
        status.unchanged(),
        status.listenerFailures(),
        new WatchState(
            seen.backend(),
            seen.folders(),
            seen.files(),
            seen.resyncs(),
            problems,
            seen.listenerFailure()),
        diagnostics);
  }

  private static boolean holdsFiles(Path folder, Tree tree) {
    return tree.files().values().stream().anyMatch(it -> it.value().file().startsWith(folder));
  }

  private static boolean isAbout(Diagnostic diagnostic, WatchProblem problem) {
    Place place = diagnostic.place();
    return place != null
        && place.file().equals(problem.path())
        && diagnostic.message().equals(problem.message());
  }
}
