package dev.pirn.server;

import dev.pirn.agents.AgentState;
import dev.pirn.live.Diagnostic;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/// How the server and its sources stand.
final class StatusRoutes {
  private final LiveWorkspace live;
  private final LiveAgents agents;
  private final WebSite web;
  private final EventLog log;
  private final Metrics metrics;
  private final AgentMeters meters;
  private final WatchLook look;
  private final Server server;

  StatusRoutes(
      LiveWorkspace live,
      LiveAgents agents,
      WebSite web,
      EventLog log,
      Metrics metrics,
      AgentMeters meters,
      WatchLook look,
      Server server) {
    this.live = live;
    this.agents = agents;
    this.web = web;
    this.log = log;
    this.metrics = metrics;
    this.meters = meters;
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
    List<AgentState> states = agents.list();
    List<Diagnostic> definitions = agents.diagnostics();
    boolean whole =
        isWhole(config)
            && isWhole(patterns)
            && isWhole(registry)
            && isWhole(settings)
            && !Diagnostic.anyError(definitions)
            && !Diagnostic.anyError(web.web().diagnostics())
            && states.stream().allMatch(it -> it.rejection() == null);
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
            .put("agents", agents(states, definitions))
            .put("web", web.status(live.views()))
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

  private JsonObject agents(List<AgentState> states, List<Diagnostic> definitions) {
    return new JsonObject()
        .put("enabled", agents.enabled())
        .put("count", states.size())
        .put("agents", Views.array(states, new AgentViews(live.views())::row))
        .put("diagnostics", live.views().diagnostics(definitions));
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
    meters.look(agents.list());
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
