package dev.pirn.server;

import dev.pirn.watch.WatchSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What to serve, and what goes before `pirn.yaml`.
///
/// ```java
/// ServerOptions.of(Workspace.find(Path.of(""))).port(0).debounce(Duration.ofMillis(200))
/// ```
///
/// Immutable: every method returns a changed copy. What is not set is as `pirn.yaml` says.
///
/// @param workspace the workspace
/// @param host the address to listen at, or null
/// @param port the port, 0 for any that is free, or null
/// @param patternsDir the only folder of patterns, or null
/// @param debounce how long a pattern file must be at rest, zero for not at all, or null
/// @param reload whether files are followed; if not, they are loaded once and when asked
/// @param agents which agents are run
/// @param lan whether other machines may reach the server, whatever `pirn.yaml` says
public record ServerOptions(
    Workspace workspace,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable Path patternsDir,
    @Nullable Duration debounce,
    boolean reload,
    AgentsWanted agents,
    boolean lan) {
  public ServerOptions {
    Objects.requireNonNull(workspace, "workspace");
    Objects.requireNonNull(agents, "agents");
    if (port != null && (port < 0 || port > 65_535)) {
      throw new IllegalArgumentException("a port is from 0 to 65535, was " + port);
    }
    if (debounce != null
        && (debounce.isNegative() || debounce.compareTo(WatchSpec.LONGEST_DEBOUNCE) > 0)) {
      throw new IllegalArgumentException(
          "debounce must be between 0 and 5000 ms, was " + debounce.toMillis() + " ms");
    }
  }

  /// Everything as `pirn.yaml` says.
  public static ServerOptions of(Workspace workspace) {
    return new ServerOptions(
        workspace, null, null, null, null, true, AgentsWanted.AS_CONFIGURED, false);
  }

  /// With another address; one that other machines reach needs `server.allow_remote`.
  public ServerOptions host(@Nullable String host) {
    return new ServerOptions(workspace, host, port, patternsDir, debounce, reload, agents, lan);
  }

  /// With another port; 0 for any that is free.
  public ServerOptions port(@Nullable Integer port) {
    return new ServerOptions(workspace, host, port, patternsDir, debounce, reload, agents, lan);
  }

  /// With another folder of patterns, absolute or relative to the workspace.
  public ServerOptions patternsDir(@Nullable Path patternsDir) {
    return new ServerOptions(workspace, host, port, patternsDir, debounce, reload, agents, lan);
  }

  /// With another debounce.
  ///
  /// @throws IllegalArgumentException if it is negative or longer than 5 s
  public ServerOptions debounce(@Nullable Duration debounce) {
    return new ServerOptions(workspace, host, port, patternsDir, debounce, reload, agents, lan);
  }

  /// Following files, or not.
  public ServerOptions reload(boolean reload) {
    return new ServerOptions(workspace, host, port, patternsDir, debounce, reload, agents, lan);
  }

  /// With other agents.
  public ServerOptions agents(AgentsWanted agents) {
    return new ServerOptions(workspace, host, port, patternsDir, debounce, reload, agents, lan);
  }

  /// For other machines too, or not: if the host that is configured is this machine only, it
  /// listens at all addresses of this machine. Needs no `server.allow_remote`.
  public ServerOptions lan(boolean lan) {
    return new ServerOptions(workspace, host, port, patternsDir, debounce, reload, agents, lan);
  }
}
