package dev.pirn.cli;

import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import dev.pirn.watch.Backend;
import dev.pirn.watch.Watch;
import dev.pirn.watch.WatchException;
import dev.pirn.watch.WatchProblem;
import dev.pirn.watch.WatchSpec;
import dev.pirn.watch.WatchState;
import dev.pirn.watch.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How the folders of a workspace would be watched, and why so: by watching them.
final class WatchCheck {
  private final Workspace workspace;
  private final WorkspaceConfig config;
  private final List<Finding> findings = new ArrayList<>();

  WatchCheck(Workspace workspace, WorkspaceConfig config) {
    this.workspace = workspace;
    this.config = config;
  }

  List<Finding> findings() {
    config.patterns().dirs().stream().map(workspace::resolve).forEach(this::look);
    // Nobody has to have pages.
    config.web().dirs().stream()
        .map(workspace::resolve)
        .filter(Files::isDirectory)
        .forEach(this::look);
    return findings;
  }

  private void look(Path root) {
    try (Watcher watcher = Watcher.open();
        Watch watch = watcher.watch(WatchSpec.tree(root), _ -> {})) {
      WatchState state = watch.state();
      findings.add(backend(root, state));
      state.problems().forEach(this::problem);
    } catch (WatchException e) {
      findings.add(
          Finding.error(
              "watching",
              "%s cannot be watched: %s".formatted(workspace.show(root), e.getMessage()),
              "see the limits above"));
    }
  }

  private Finding backend(Path root, WatchState state) {
    String what =
        "%s: %s, %s"
            .formatted(
                workspace.show(root),
                Text.count(state.folders(), "folder"),
                Text.count(state.files(), "file"));
    return switch (state.backend()) {
      case INOTIFY -> Finding.ok("watching", what + ", by inotify: at once");
      case JDK ->
          Finding.warning(
              "watching",
              what + ", by the JDK's watch service, as inotify is not to be had",
              "allow native access (see above), or live with a delay");
      case POLLING ->
          Finding.warning(
              "watching",
              what + ", by polling, as %s".formatted(polled(root)),
              "keep the workspace on a local disk for changes within a millisecond");
    };
  }

  private static String polled(Path root) {
    try {
      return "file systems of the type %s report no changes"
          .formatted(Files.getFileStore(root).type());
    } catch (IOException e) {
      return Backend.INOTIFY + " is not to be had";
    }
  }

  private void problem(WatchProblem problem) {
    findings.add(
        Finding.warning(
            "watching",
            "%s: %s".formatted(workspace.show(problem.path()), problem.message()),
            problem.help()));
  }
}
