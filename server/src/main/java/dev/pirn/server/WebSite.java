package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.web.LiveWeb;
import dev.pirn.web.Plan;
import dev.pirn.web.WebOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pages of the workspace, which others take the place of when `pirn.yaml` asks for that. Pages
/// that are open then look for the new ones by themselves.
final class WebSite implements AutoCloseable {
  /// An event names no more files than this.
  private static final int MOST_FILES = 20;

  private final LiveWorkspace live;
  private final Vertx vertx;
  private final LiveAgents agents;
  private final EventLog log;
  private final ReloadListener listener;
  private final Devices devices;
  private volatile Open now;

  @GuardedBy("this")
  private boolean closed;

  private record Open(
      WebOptions options, List<String> test, LiveWeb web, @Nullable WebTests tests) {
    void close() {
      web.close();
      if (tests != null) {
        tests.close();
      }
    }
  }

  WebSite(
      LiveWorkspace live,
      Vertx vertx,
      LiveAgents agents,
      EventLog log,
      ReloadListener listener,
      Devices devices) {
    this.live = live;
    this.vertx = vertx;
    this.agents = agents;
    this.log = log;
    this.listener = listener;
    this.devices = devices;
    this.now = open(live.config().get());
  }

  private WebOptions wanted(WorkspaceConfig config) {
    return live.workspace()
        .webOptions(config)
        .live(live.options().reload() && config.reload())
        .watcher(live.watcher());
  }

  private Open open(WorkspaceConfig config) {
    WebOptions options = wanted(config);
    List<String> test = config.web().test();
    WebTests tests =
        test.isEmpty() ? null : new WebTests(test, live.workspace().root(), agents::running);
    LiveWeb web = LiveWeb.open(vertx, options, tests);
    // They end with it.
    var _ = web.onPlan(plan -> changed(web, plan));
    var _ = web.onReload(reload -> listener.reloaded("web", reload));
    return new Open(options, test, web, tests);
  }

  private void changed(LiveWeb web, Plan plan) {
    List<Plan.File> first = plan.files().stream().limit(MOST_FILES).toList();
    log.append(
        "web.changed",
        "web",
        new JsonObject()
            .put("name", plan.files().isEmpty() ? "web" : plan.files().getFirst().url())
            .put("generation", plan.seq())
            .put("reason", plan.reload())
            .put("count", plan.files().size())
            .put("files", Views.array(first, Plan.File::url))
            .put("pages", web.connections()));
  }

  /// Takes up what a configuration asks for.
  synchronized void takeUp(WorkspaceConfig config) {
    Open before = now;
    if (closed
        || (wanted(config).equals(before.options()) && config.web().test().equals(before.test()))) {
      return;
    }
    now = open(config);
    before.close();
  }

  /// The pages in force.
  LiveWeb web() {
    return now.web();
  }

  void register(Routes routes, HttpFront front, Server server) {
    routes.get("/api/v1/hotreload/status", Set.of(), _ -> status());
    routes.get("/api/v1/hotreload/timeline", Set.of(), _ -> timeline());
    for (String path : List.of("/ws/hotreload", "/api/v1/ws/hotreload", "/livereload")) {
      routes.pages(path, ctx -> handle(ctx.request(), front, () -> routes.nothing(ctx)));
    }
    routes.get("/api/v1/hotreload/devices", Set.of(), _ -> devices(server));
    routes.pages(
        Devices.ENTRANCE,
        ctx -> {
          checkLive(Devices.ENTRANCE);
          devices.enter(ctx);
        });
  }

  /// Whether a request comes from a device that was let in, or wants to be.
  boolean isFromDevice(HttpServerRequest request) {
    return web().options().live()
        && (Devices.ENTRANCE.equals(request.path()) || devices.knows(request));
  }

  /// The links that let another machine look at the pages.
  List<String> links(String host, int port) {
    return web().options().live() ? devices.links(host, port) : List.of();
  }

  private void checkLive(String path) {
    if (!web().options().live()) {
      throw new Refused(404, Problems.noRoute(path));
    }
  }

  /// How the pages and their source stand.
  JsonObject status(Views views) {
    LiveWeb web = web();
    return views.source(web.source()).mergeIn(web.status());
  }

  private Answer status() {
    checkLive("/api/v1/hotreload/status");
    return Answer.json(web().status()).header("Cache-Control", "no-store");
  }

  private Answer devices(Server server) {
    checkLive("/api/v1/hotreload/devices");
    server.awaitUp();
    return Answer.json(new JsonObject().put("links", new JsonArray(server.links())))
        .header("Cache-Control", "no-store");
  }

  private Answer timeline() {
    checkLive("/api/v1/hotreload/timeline");
    return Answer.json(web().timeline()).header("Cache-Control", "no-store");
  }

  /// Answers a request that is for no other part of the server.
  void handle(HttpServerRequest request, HttpFront front, Runnable otherwise) {
    if (request.canUpgradeToWebSocket()) {
      // The pages count their sockets themselves.
      front.closed(request.connection());
    }
    web().handle(request, otherwise);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    now.close();
  }
}
