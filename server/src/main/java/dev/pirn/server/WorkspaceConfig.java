package dev.pirn.server;

import dev.pirn.web.WebOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a workspace's `pirn.yaml` says, with the defaults for what it does not say. Paths are as
/// written, relative to the workspace.
///
/// @param server where the server listens
/// @param patterns the pattern library
/// @param registry the agent registry
/// @param settings the settings
/// @param agents the agents
/// @param web the pages
/// @param history what is kept to go back to
/// @param reload whether files are followed; `hot_reload.enabled`
public record WorkspaceConfig(
    Server server,
    Patterns patterns,
    Registry registry,
    Settings settings,
    Agents agents,
    Web web,
    History history,
    boolean reload) {
  /// What holds without a `pirn.yaml`.
  public static final WorkspaceConfig DEFAULTS =
      new WorkspaceConfig(
          new Server("127.0.0.1", 7474, false, List.of()),
          new Patterns(List.of(Path.of("patterns")), List.of(), Duration.ZERO, false),
          new Registry(Path.of("agent_registry.yaml")),
          new Settings(List.of(Path.of(".env")), List.of()),
          new Agents(List.of(Path.of("agents")), true),
          new Web(
              List.of(Path.of("web")),
              WebOptions.DEFAULT_PATTERNS,
              null,
              List.of(),
              false,
              false,
              List.of(),
              false),
          new History(100),
          true);

  /// Where the server listens.
  ///
  /// @param host the address or name
  /// @param port the port; 0 for any that is free
  /// @param allowRemote whether the host may be one that other machines reach
  /// @param names further names by which clients may call the server
  public record Server(String host, int port, boolean allowRemote, List<String> names) {
    public Server {
      names = List.copyOf(names);
    }
  }

  /// The pattern library.
  ///
  /// @param dirs its folders
  /// @param exclude globs of what is left out, relative to a folder
  /// @param debounce how long a file must be at rest; zero, written `auto`, for not at all
  /// @param strict whether one broken file keeps every change from being published
  public record Patterns(List<Path> dirs, List<String> exclude, Duration debounce, boolean strict) {
    public Patterns {
      dirs = List.copyOf(dirs);
      exclude = List.copyOf(exclude);
    }
  }

  /// The agent registry.
  ///
  /// @param file its file
  public record Registry(Path file) {}

  /// The settings.
  ///
  /// @param files their files; of those that set the same key, the later wins
  /// @param secrets patterns of keys whose values must not be shown, beside the usual ones; with a
  ///   `!` before it a pattern makes an exception
  public record Settings(List<Path> files, List<String> secrets) {
    public Settings {
      files = List.copyOf(files);
      secrets = List.copyOf(secrets);
    }
  }

  /// The agents.
  ///
  /// @param dirs the folders that they lie in
  /// @param enabled whether they are run
  public record Agents(List<Path> dirs, boolean enabled) {
    public Agents {
      dirs = List.copyOf(dirs);
    }
  }

  /// The pages.
  ///
  /// @param dirs the folders that are served
  /// @param patterns globs of the files that pages follow
  /// @param proxy the server whose pages are shown instead, or null
  /// @param origins other servers whose pages may follow the files
  /// @param sync whether several devices are kept in step
  /// @param holdOnErrors whether pages that have shown errors wait with loading anew
  /// @param test the words of the command that tests the pages after each change; none for none
  /// @param gate whether pages are told of a change only when the tests have passed
  public record Web(
      List<Path> dirs,
      List<String> patterns,
      @Nullable URI proxy,
      List<String> origins,
      boolean sync,
      boolean holdOnErrors,
      List<String> test,
      boolean gate) {
    public Web {
      dirs = List.copyOf(dirs);
      patterns = List.copyOf(patterns);
      origins = List.copyOf(origins);
      test = List.copyOf(test);
    }
  }

  /// What is kept to go back to.
  ///
  /// @param keep how many generations of each source
  public record History(int keep) {}
}
