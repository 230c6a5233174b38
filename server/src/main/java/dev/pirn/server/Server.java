package dev.pirn.server;

import dev.pirn.live.Reload;
import dev.pirn.registry.AliveAgents;
import dev.pirn.registry.AliveOptions;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// A running server: a workspace's files, in force, behind one HTTP port.
///
/// ```java
/// try (Server server = Server.start(ServerOptions.of(Workspace.find(Path.of(""))))) {
///   System.out.println("ready at " + server.url() + " in " + server.ready().toMillis() + " ms");
///   …
/// }
/// ```
///
/// **Threading.** All methods may be called by any thread. Requests are taken in on two threads of
/// Vert.x, which never wait, and answered on virtual threads `pirn-http-N`.
///
/// **Life cycle.** [#start] returns when the server answers, and `.pirn/server.json` says where.
/// Agents are started after that. [#close] ends it, waiting for agents as long as each may take to
/// end, for requests that are being answered half a second and for everything else at most some
/// seconds; it leaves no thread and no process behind.
///
/// **Failure.** [#start] throws [ServerException] with what to do, or [dev.pirn.live.LiveException]
/// if `patterns.strict` is set and a pattern is broken. A broken `pirn.yaml` does not keep a server
/// from starting: the defaults are in force until it is mended.
public final class Server implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.pirn.server");

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch up = new CountDownLatch(1);
  private final Workspace workspace;
  private final Instant started;
  private final String token = random(32);
  private final String url;
  private final Supplier<List<String>> links;
  private final Duration ready;
  private final Routes routes;

  /// The parts that a reload is told to.
  private record Listeners(CompletableFuture<Metrics> metrics, CompletableFuture<WatchLook> look) {
    void reloaded(String source, Reload<?> reload) {
      metrics.join().reload(source, reload);
      WatchLook looking = look.getNow(null);
      if (looking != null) {
        looking.soon();
      }
    }
  }

  private Server(ServerOptions options, EventLog log, AliveOptions leases, Predicate<String> here) {
    long begin = System.nanoTime();
    this.workspace = options.workspace();
    if (!Files.isDirectory(workspace.root())) {
      throw new ServerException(Problems.noWorkspace(workspace.root()), null);
    }
    StateFolder state = keep(StateFolder.take(workspace));
    // The port, the metrics and the reader of pirn.yaml take as long to set up as the library: all
    // at once.
    CompletableFuture<ConfigDecoder> decoder = meanwhile("pirn-start-yaml", ConfigDecoder::new);
    CompletableFuture<HttpFront> frontLater = meanwhile("pirn-start-http", HttpFront::new);
    CompletableFuture<Metrics> metricsLater = meanwhile("pirn-start-metrics", Metrics::new);
    try {
      Listeners listeners = new Listeners(metricsLater, new CompletableFuture<>());
      LiveWorkspace live = keep(new LiveWorkspace(options, log, listeners::reloaded));
      decoder.join();
      Metrics metrics = keep(metricsLater.join());
      HttpFront front = keep(frontLater.join());
      // Closed before the port: agents are told to wait, not that they are unknown.
      AliveAgents alive = keep(AliveAgents.open(leases));
      AgentMeters meters = new AgentMeters(metrics);
      AgentReporter reporter = new AgentReporter(live.views(), log, new AgentLeases(alive), meters);
      LiveAgents agents = keep(new LiveAgents(live, front.vertx(), reporter));
      Devices devices = new Devices(state.secret(Devices.FILE, () -> random(16)));
      WebSite web =
          keep(new WebSite(live, front.vertx(), agents, log, listeners::reloaded, devices));
      WatchLook look = new WatchLook(live, web, log, front.executor());
      listeners.look.complete(look);
      WorkspaceConfig.Server wanted = live.config().get().server();
      String host = host(options, wanted);
      Access access =
          new Access(
              token,
              () -> live.config().get().server().names(),
              request -> web.web().isForOthers(request),
              web::isFromDevice,
              here);
      this.routes = front.routes(live.views(), access);
      // Before those of one agent, as "logs" could be its name.
      new AgentLogRoutes(front, agents).register(routes);
      new AliveRoutes(
              alive,
              () -> live.registry().use(it -> it.registry().agents()),
              agents,
              live.views(),
              log)
          .register(routes);
      new AgentRoutes(agents, live.workspace(), live.views()).register(routes);
      new StatusRoutes(live, agents, web, log, metrics, meters, look, this).register(routes);
      new WatchRoutes(live, agents, web).register(routes);
      web.register(routes, front, this);
      register(front, live, web, log);
      Integer port = options.port();
      int actual = front.listen(host, port == null ? wanted.port() : port);
      this.url = "http://%s:%d".formatted(Hosts.inUrl(host), actual);
      this.links = () -> web.links(host, actual);
      this.started = Instant.now();
      live.follow(config -> {
        agents.takeUp(config);
        web.takeUp(config);
      });
      look.now();
      new Gauges(live, web, log, front).register(metrics);
      state.write(ServerFile.own(url, token, started));
      this.ready = Duration.ofNanos(System.nanoTime() - begin);
      up.countDown();
      // Agents are started beside the rest: nobody waits for them.
      agents.begin(url);
    } catch (RuntimeException e) {
      close();
      closeWhenThere(frontLater);
      closeWhenThere(metricsLater);
      throw e instanceof CompletionException && e.getCause() instanceof RuntimeException cause
          ? cause
          : e;
    }
  }

  /// Starts a server.
  ///
  /// @throws ServerException if it cannot be started, with what to do
  /// @throws dev.pirn.live.LiveException if patterns are strict and one is broken
  public static Server start(ServerOptions options) {
    return start(options, new EventLog());
  }

  static Server start(ServerOptions options, EventLog log) {
    return start(options, log, AliveOptions.DEFAULTS);
  }

  static Server start(ServerOptions options, EventLog log, AliveOptions leases) {
    return start(options, log, leases, Hosts::isLoopback);
  }

  /// @param here whether an address is one of this machine
  static Server start(
      ServerOptions options, EventLog log, AliveOptions leases, Predicate<String> here) {
    return new Server(options, log, leases, here);
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  /// Closes what was being set up while the start failed elsewhere.
  private static void closeWhenThere(CompletableFuture<? extends AutoCloseable> later) {
    try {
      later.join().close();
    } catch (Exception e) {
      LOG.log(Logger.Level.DEBUG, "a part of a server that failed to start was not closed", e);
    }
  }

  private static <T> CompletableFuture<T> meanwhile(String name, Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        work, task -> Thread.ofPlatform().name(name).daemon().start(task));
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  static String host(ServerOptions options, WorkspaceConfig.Server wanted) {
    String host = options.host() == null ? wanted.host() : options.host();
    if (options.lan()) {
      return options.host() == null && Hosts.isLoopback(host) ? "0.0.0.0" : host;
    }
    if (!Hosts.isLoopback(host) && !wanted.allowRemote()) {
      throw new ServerException(Problems.remoteHost(host, null), null);
    }
    return host;
  }

  private void register(HttpFront front, LiveWorkspace live, WebSite web, EventLog log) {
    new PageRoutes().register(routes);
    new EventRoutes(front, log).register(routes);
    new PatternWriting(live.library()).register(routes);
    new PatternRoutes(live.library()).register(routes);
    new RegistryRoutes(live.registry()).register(routes);
    new RegistryWriting(live.registry()).register(routes);
    new QueryRoutes(live).register(routes);
    new SettingsRoutes(live.settings(), workspace).register(routes);
    routes.finish(ctx -> web.handle(ctx.request(), front, () -> PageRoutes.otherwise(ctx, routes)));
  }

  /// Where it answers, without a slash at the end.
  public String url() {
    return url;
  }

  /// What has to be sent with everything that changes something.
  public String token() {
    return token;
  }

  /// The links that let another machine, such as a telephone, look at the pages; none where none
  /// can reach the server. Who has one can do so for good: they are secrets.
  public List<String> links() {
    return links.get();
  }

  /// When it was up.
  public Instant started() {
    return started;
  }

  /// How long it took until it was up.
  public Duration ready() {
    return ready;
  }

  /// The workspace.
  public Workspace workspace() {
    return workspace;
  }

  /// Whether it is up, and not being closed.
  boolean isReady() {
    return up.getCount() == 0 && !closed.get();
  }

  /// Waits until it is up: the port is open a moment before everything about it is known.
  void awaitUp() {
    try {
      up.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the server is being closed", e);
    }
  }

  /// What it answers to.
  Routes routes() {
    return routes;
  }

  /// The version of Pirn.
  static String version() {
    return Server.class.getModule().getDescriptor() == null
        ? "unknown"
        : Server.class.getModule().getDescriptor().rawVersion().orElse("unknown");
  }

  /// Ends it; see the life cycle above. Closing twice does nothing.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.log(Logger.Level.WARNING, "a part of the server could not be closed", e);
      }
    }
  }
}
