package dev.pirn.agents;

import dev.pirn.watch.Watcher;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which agents are run, and how.
///
/// @param workspace the folder to which everything is relative
/// @param folders the folders of agents: `agents` below the workspace by default
/// @param named agents' folders and files beside those, each of which must be one; none by default
/// @param state where logs, what agents keep, and compiled classes lie: `.pirn/agents` by default
/// @param environment what processes get: the variables of this process by default
/// @param settings the workspace's settings, of which an agent gets those that it takes
/// @param host where the agents' addresses are: `127.0.0.1` by default
/// @param url the server's own address, told to agents in `PIRN_URL`; empty without one
/// @param reload whether changes of files are followed; true by default
/// @param start whether agents are started as they are found; true by default
/// @param adopting whether this process has no children but agents; false by default
/// @param mostRestarts how many times a minute an agent may be restarted because of its files,
///   before they must be at rest; 10 by default, 0 for any number
/// @param watcher a watcher to share, or null for one of its own
/// @param vertx a Vert.x to share, or null for one of its own
public record AgentsOptions(
    Path workspace,
    List<Path> folders,
    List<Path> named,
    Path state,
    Map<String, String> environment,
    Supplier<Map<String, String>> settings,
    String host,
    String url,
    boolean reload,
    boolean start,
    boolean adopting,
    int mostRestarts,
    @Nullable Watcher watcher,
    @Nullable Vertx vertx) {
  /// Paths become absolute.
  ///
  /// @throws IllegalArgumentException if the number of restarts is negative
  public AgentsOptions {
    Path root = workspace.toAbsolutePath().normalize();
    workspace = root;
    folders = folders.stream().map(folder -> root.resolve(folder).normalize()).toList();
    named = named.stream().map(path -> root.resolve(path).normalize()).toList();
    state = root.resolve(state).normalize();
    environment = Map.copyOf(environment);
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(url, "url");
    if (mostRestarts < 0) {
      throw new IllegalArgumentException(
          "the number of restarts must not be negative, was " + mostRestarts);
    }
  }

  /// The defaults, for a workspace.
  public static AgentsOptions of(Path workspace) {
    return new AgentsOptions(
        workspace,
        List.of(Path.of("agents")),
        List.of(),
        Path.of(".pirn", "agents"),
        System.getenv(),
        Map::of,
        "127.0.0.1",
        "",
        true,
        true,
        false,
        10,
        null,
        null);
  }

  /// With other folders of agents.
  public AgentsOptions folders(List<Path> folders) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }

  /// With agents that were named.
  public AgentsOptions named(List<Path> named) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }

  /// With another folder for what is kept.
  public AgentsOptions state(Path state) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }

  /// With other variables.
  public AgentsOptions environment(Map<String, String> environment) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }

  /// With settings, which are asked for whenever a process is started.
  public AgentsOptions settings(Supplier<Map<String, String>> settings) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }

  /// With the address of a server.
  public AgentsOptions url(String url) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }

  /// Following files or not.
  public AgentsOptions reload(boolean reload) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }

  /// Starting agents or not.
  public AgentsOptions start(boolean start) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }

  /// As the only one that has children in this process, or not.
  public AgentsOptions adopting(boolean adopting) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }

  /// With another number of restarts a minute.
  public AgentsOptions mostRestarts(int mostRestarts) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }

  /// With a watcher to share.
  public AgentsOptions watcher(@Nullable Watcher watcher) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }

  /// With a Vert.x to share.
  public AgentsOptions vertx(@Nullable Vertx vertx) {
    return new AgentsOptions(
        workspace,
        folders,
        named,
        state,
        environment,
        settings,
        host,
        url,
        reload,
        start,
        adopting,
        mostRestarts,
        watcher,
        vertx);
  }
}
