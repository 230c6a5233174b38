package dev.pirn.agents;

import dev.pirn.watch.Watcher;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which agents are run, and how. Immutable: what sets an option gives other options.
public final class AgentsOptions {
  private final Path workspace;

  // Not final, so that a copy can be given another one before anybody sees it.
  private List<Path> folders;
  private List<Path> named;
  private List<AgentSpec> specs;
  private Path state;
  private Map<String, String> environment;
  private Supplier<Map<String, String>> settings;
  private String host;
  private String url;
  private boolean reload;
  private boolean start;
  private boolean adopting;
  private int mostRestarts;
  private @Nullable Watcher watcher;
  private @Nullable Vertx vertx;

  private AgentsOptions(Path workspace) {
    this.workspace = workspace.toAbsolutePath().normalize();
    this.folders = paths(List.of(Path.of("agents")));
    this.named = List.of();
    this.specs = List.of();
    this.state = path(Path.of(".pirn", "agents"));
    this.environment = System.getenv();
    this.settings = Map::of;
    this.host = "127.0.0.1";
    this.url = "";
    this.reload = true;
    this.start = true;
    this.adopting = false;
    this.mostRestarts = 10;
    this.watcher = null;
    this.vertx = null;
  }

  private AgentsOptions(AgentsOptions other) {
    this.workspace = other.workspace;
    this.folders = other.folders;
    this.named = other.named;
    this.specs = other.specs;
    this.state = other.state;
    this.environment = other.environment;
    this.settings = other.settings;
    this.host = other.host;
    this.url = other.url;
    this.reload = other.reload;
    this.start = other.start;
    this.adopting = other.adopting;
    this.mostRestarts = other.mostRestarts;
    this.watcher = other.watcher;
    this.vertx = other.vertx;
  }

  /// The defaults, for a workspace.
  public static AgentsOptions of(Path workspace) {
    return new AgentsOptions(workspace);
  }

  private Path path(Path path) {
    return workspace.resolve(path).normalize();
  }

  private List<Path> paths(List<Path> paths) {
    return paths.stream().map(this::path).toList();
  }

  /// The folder to which everything is relative; absolute.
  public Path workspace() {
    return workspace;
  }

  /// The folders of agents: `agents` below the workspace by default. They need not exist.
  public List<Path> folders() {
    return folders;
  }

  /// Agents' folders and files beside those, each of which must be one; none by default.
  public List<Path> named() {
    return named;
  }

  /// Agents that are not looked for, as what they are is known; none by default.
  public List<AgentSpec> specs() {
    return specs;
  }

  /// Where logs, ports, what agents keep, and compiled classes lie: `.pirn/agents` below the
  /// workspace by default.
  public Path state() {
    return state;
  }

  /// The variables that processes get: those of this process by default.
  public Map<String, String> environment() {
    return environment;
  }

  /// The workspace's settings, asked for at each start of a process; an agent gets those that it
  /// takes. None by default.
  public Supplier<Map<String, String>> settings() {
    return settings;
  }

  /// Where the agents' addresses are: `127.0.0.1` by default.
  public String host() {
    return host;
  }

  /// The server's own address, which agents get in `PIRN_URL`; empty by default, and then they get
  /// none.
  public String url() {
    return url;
  }

  /// Whether changes of files are followed; true by default.
  public boolean reload() {
    return reload;
  }

  /// Whether agents are started as they are found; true by default.
  public boolean start() {
    return start;
  }

  /// Whether this process has no children but agents, so that orphans can only be theirs; false by
  /// default.
  public boolean adopting() {
    return adopting;
  }

  /// How many times a minute an agent may be restarted because of its files, before they must be at
  /// rest; 10 by default, 0 for any number.
  public int mostRestarts() {
    return mostRestarts;
  }

  /// A watcher to share; null, the default, for one of its own.
  public @Nullable Watcher watcher() {
    return watcher;
  }

  /// A Vert.x to share; null, the default, for one of its own.
  public @Nullable Vertx vertx() {
    return vertx;
  }

  /// Other folders of agents, absolute or below the workspace.
  public AgentsOptions folders(List<Path> folders) {
    AgentsOptions other = new AgentsOptions(this);
    other.folders = paths(folders);
    return other;
  }

  /// Agents that are named, absolute or below the workspace.
  public AgentsOptions named(List<Path> named) {
    AgentsOptions other = new AgentsOptions(this);
    other.named = paths(named);
    return other;
  }

  /// Agents that are known.
  public AgentsOptions specs(List<AgentSpec> specs) {
    AgentsOptions other = new AgentsOptions(this);
    other.specs = List.copyOf(specs);
    return other;
  }

  /// Another folder for what is kept, absolute or below the workspace.
  public AgentsOptions state(Path state) {
    AgentsOptions other = new AgentsOptions(this);
    other.state = path(state);
    return other;
  }

  /// Other variables.
  public AgentsOptions environment(Map<String, String> environment) {
    AgentsOptions other = new AgentsOptions(this);
    other.environment = Map.copyOf(environment);
    return other;
  }

  /// Settings.
  public AgentsOptions settings(Supplier<Map<String, String>> settings) {
    AgentsOptions other = new AgentsOptions(this);
    other.settings = Objects.requireNonNull(settings, "settings");
    return other;
  }

  /// Another host for addresses.
  public AgentsOptions host(String host) {
    AgentsOptions other = new AgentsOptions(this);
    other.host = Objects.requireNonNull(host, "host");
    return other;
  }

  /// The address of a server.
  public AgentsOptions url(String url) {
    AgentsOptions other = new AgentsOptions(this);
    other.url = Objects.requireNonNull(url, "url");
    return other;
  }

  /// Follow files or not.
  public AgentsOptions reload(boolean reload) {
    AgentsOptions other = new AgentsOptions(this);
    other.reload = reload;
    return other;
  }

  /// Start agents or not.
  public AgentsOptions start(boolean start) {
    AgentsOptions other = new AgentsOptions(this);
    other.start = start;
    return other;
  }

  /// The only one with children in this process, or not.
  public AgentsOptions adopting(boolean adopting) {
    AgentsOptions other = new AgentsOptions(this);
    other.adopting = adopting;
    return other;
  }

  /// Another number of restarts a minute.
  ///
  /// @throws IllegalArgumentException if it is negative
  public AgentsOptions mostRestarts(int mostRestarts) {
    if (mostRestarts < 0) {
      throw new IllegalArgumentException(
          "the number of restarts must not be negative, was " + mostRestarts);
    }
    AgentsOptions other = new AgentsOptions(this);
    other.mostRestarts = mostRestarts;
    return other;
  }

  /// A watcher to share, which stays open.
  public AgentsOptions watcher(@Nullable Watcher watcher) {
    AgentsOptions other = new AgentsOptions(this);
    other.watcher = watcher;
    return other;
  }

  /// A Vert.x to share, which stays open.
  public AgentsOptions vertx(@Nullable Vertx vertx) {
    AgentsOptions other = new AgentsOptions(this);
    other.vertx = vertx;
    return other;
  }
}
