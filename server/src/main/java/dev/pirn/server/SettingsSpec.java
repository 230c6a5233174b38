package dev.pirn.server;

import dev.pirn.watch.WatchSpec;
import dev.pirn.watch.Watcher;

/// How the settings of a workspace are opened. Equal specifications open equal settings.
///
/// @param workspace where the files lie
/// @param settings which files, and which keys are secrets
/// @param history how many generations are kept
/// @param watcher what follows the files; not closed with the settings
record SettingsSpec(
    Workspace workspace,
    WorkspaceConfig.Settings settings,
    WorkspaceConfig.History history,
    Watcher watcher) {
  /// Opens them, also if the files are broken: then with nothing until they are mended.
  OpenSettings open() {
    return new OpenSettings(
        this, workspace.settings(settings, history).watcher(watcher).startBroken(true).open(), 0);
  }

  /// What is watched.
  WatchSpec watched() {
    return WatchSpec.files(settings.files().stream().map(workspace::resolve).toList());
  }
}
