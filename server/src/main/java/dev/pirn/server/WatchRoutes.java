package dev.pirn.server;

import dev.pirn.live.LiveStatus;
import dev.pirn.watch.WatchSpec;
import dev.pirn.web.LiveWeb;
import io.vertx.core.json.JsonArray;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What is watched, and why something is or is not.
final class WatchRoutes {
  private final LiveWorkspace live;
  private final LiveAgents agents;
  private final WebSite web;

  WatchRoutes(LiveWorkspace live, LiveAgents agents, WebSite web) {
    this.live = live;
    this.agents = agents;
    this.web = web;
  }

  void register(Routes routes) {
    routes.get("/api/v1/watches", Set.of(), this::list);
    routes.get("/api/v1/watches/explain", Set.of("path"), this::explain);
  }

  private Answer list(Call call) {
    Views views = live.views();
    JsonArray array = new JsonArray();
    array.add(
        views.watched(
            "config", configSpec(), live.options().reload(), live.config().status().watch()));
    live.library()
        .use(it ->
            array.add(
                views.watched(
                    "patterns", it.spec(), live.reload(), it.patterns().live().status().watch())));
    live.registry()
        .use(it ->
            array.add(
                views.watched(
                    "registry",
                    it.spec(),
                    live.reload() && it.registry().statistics().hotReloadEnabled(),
                    it.registry().live().status().watch())));
    live.settings()
        .use((it, _) ->
            array.add(
                views.watched(
                    "settings",
                    it.spec().watched(),
                    live.reload(),
                    it.settings().live().status().watch())));
    LiveWeb pages = web.web();
    array.add(views.watched("web", pages.spec(), pages.options().live(), pages.source().watch()));
    return Answer.json(array);
  }

  private WatchSpec configSpec() {
    return WatchSpec.files(List.of(live.workspace().configFile()));
  }

  private Answer explain(Call call) {
    String given = call.required("path");
    Path path;
    try {
      path = live.workspace().resolve(Path.of(given));
    } catch (InvalidPathException e) {
      throw Call.bad("path", "a path", given);
    }
    List<Explanation.Candidate> candidates = new ArrayList<>();
    LiveStatus config = live.config().status();
    candidates.add(
        new Explanation.Candidate(
            "config", configSpec(), List.of(), List.of(), config.watch().problems()));
    candidates.add(
        live.library()
            .use(it ->
                new Explanation.Candidate(
                    "patterns",
                    it.spec(),
                    Library.INCLUDED,
                    it.options().exclude(),
                    it.patterns().live().status().watch().problems())));
    candidates.add(
        live.registry()
            .use(it ->
                new Explanation.Candidate(
                    "registry",
                    it.spec(),
                    List.of(),
                    List.of(),
                    it.registry().live().status().watch().problems())));
    candidates.add(
        live.settings()
            .use((it, _) ->
                new Explanation.Candidate(
                    "settings",
                    it.spec().watched(),
                    List.of(),
                    List.of(),
                    it.settings().live().status().watch().problems())));
    LiveWeb pages = web.web();
    candidates.add(
        new Explanation.Candidate(
            "web",
            pages.spec(),
            pages.options().patterns(),
            LiveWeb.EXCLUDED,
            pages.source().watch().problems()));
    JsonArray verdicts =
        agents
            .opened()
            .map(it -> new AgentViews(live.views()).verdicts(it.explain(path)))
            .orElseGet(JsonArray::new);
    return Answer.json(new Explanation(live.views(), path).of(candidates).put("agents", verdicts));
  }
}
