package dev.pirn.server;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/// How the server and its sources stand.
final class StatusRoutes {
  private final LiveWorkspace live;
  private final EventLog log;
  private final Metrics metrics;
  private final WatchLook look;
  private final Server server;

  StatusRoutes(LiveWorkspace live, EventLog log, Metrics metrics, WatchLook look, Server server) {
    this.live = live;
    this.log = log;
    this.metrics = metrics;
    this.look = look;
    this.server = server;
  }

  void register(Routes routes) {
    routes.get("/api/v1/status", Set.of(), this::status);
    routes.get("/api/v1/config", Set.of(), this::config);
    routes.get("/api/v1/config/history", Set.of(), this::configHistory);
    routes.get("/metrics", Set.of(), this::metrics);
    routes.get("/healthz", Set.of(), this::healthz);
    routes.get("/readyz", Set.of(), this::readyz);
  }

  private Answer status(Call call) {
    server.awaitUp();
    look.now();
    JsonObject config = live.configStatus();
    JsonObject patterns =
        live.library().use(it -> live.library().views(it).patterns(it.patterns()));
    JsonObject registry = live.registry().use(it -> it.views().status(it.registry()));
    JsonObject settings =
        live.settings().use((it, views) -> new SettingsViews(views).status(it.settings()));
    boolean whole = isWhole(config) && isWhole(patterns) && isWhole(registry) && isWhole(settings);
    JsonObject json =
        new JsonObject()
            .put("state", whole ? "ok" : "degraded")
            .put("url", server.url())
            .put("pid", ProcessHandle.current().pid())
            .put("version", Server.version())
            .put("workspace", live.workspace().root().toString())
            .put("started", server.started().toString())
            .put("readyMs", Views.milliseconds(server.ready()))
            .put("reload", live.reload())
            .put("config", config)
            .put("patterns", patterns)
            .put("registry", registry)
            .put("settings", settings)
            .put(
                "events",
                new JsonObject()
                    .put("boot", log.boot())
                    .put("first", log.first())
                    .put("last", log.last())
                    .put("capacity", log.capacity())
                    .put("readers", log.readers()));
    return Answer.json(json).header("Cache-Control", "no-store");
  }

  /// Whether nothing is broken and everything is seen; warnings do not count.
  private static boolean isWhole(JsonObject source) {
    boolean broken =
        source.getJsonArray("diagnostics").stream()
            .map(JsonObject.class::cast)
            .anyMatch(it -> it.getString("severity").equals("error"));
    return !broken && source.getJsonObject("watch").getJsonArray("problems").isEmpty();
  }

  private Answer config(Call call) {
    return Answer.json(live.views().config(live.config().get()));
  }

  private Answer configHistory(Call call) {
    return Answer.json(live.views().history(live.config().history()));
  }

  private Answer metrics(Call call) {
    return Answer.text("text/plain; version=0.0.4; charset=utf-8", metrics.text())
        .header("Cache-Control", "no-store");
  }

  private Answer healthz(Call call) {
    return Answer.json(new JsonObject().put("status", "ok"));
  }

  private Answer readyz(Call call) {
    boolean ready = server.isReady();
    return Answer.json(new JsonObject().put("status", ready ? "ready" : "not ready"))
        .status(ready ? 200 : 503);
  }
}
