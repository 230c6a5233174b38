package dev.pirn.cli;

import dev.pirn.server.Workspace;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command runs with: its console, the folder that it was started in, the environment, and
/// the options that all commands share.
final class Session {
  private final Console console;
  private final Path folder;
  private final Map<String, String> environment;

  private @Nullable Path named;
  private boolean debug;

  Session(Console console, Path folder, Map<String, String> environment) {
    this.console = console;
    this.folder = folder.toAbsolutePath().normalize();
    this.environment = Map.copyOf(environment);
  }

  Console console() {
    return console;
  }

  /// The folder that the command was started in, absolute: what paths of its arguments, and paths
  /// in diagnostics, are relative to.
  Path folder() {
    return folder;
  }

  /// A variable of the environment; empty when it is not set.
  String environment(String name) {
    return environment.getOrDefault(name, "");
  }

  /// All variables of the environment.
  Map<String, String> environment() {
    return environment;
  }

  /// A path of an argument as an absolute one.
  Path resolve(String path) {
    try {
      return resolve(Path.of(path));
    } catch (InvalidPathException e) {
      throw Failure.usage(Problems.badPath(path, String.valueOf(e.getReason())));
    }
  }

  /// A path as an absolute one.
  Path resolve(Path path) {
    return folder.resolve(path).normalize();
  }

  /// A file as it is shown: relative to the folder where that is shorter, with `/` on every
  /// platform.
  String show(String file) {
    Path path = Path.of(file);
    boolean inside = path.startsWith(folder) && !path.equals(folder);
    return (inside ? folder.relativize(path).toString() : file).replace('\\', '/');
  }

  /// Names the workspace, as `-C` does.
  void workspace(Path named) {
    this.named = named;
  }

  /// The workspace: the one that was named, or the nearest one from the folder upwards.
  ///
  /// @throws Failure if the named folder does not exist
  Workspace workspace() {
    if (named == null) {
      return Workspace.find(folder);
    }
    Path root = resolve(named);
    if (!Files.isDirectory(root)) {
      throw new Failure(Problems.noFolder(root));
    }
    return Workspace.of(root);
  }

  /// The folder that `-C` named, or the one that the command was started in.
  Path start() {
    return named == null ? folder : resolve(named);
  }

  /// Shows stack traces of what nobody expected.
  void debug(boolean debug) {
    this.debug = debug;
  }

  boolean debug() {
    return debug;
  }
}
