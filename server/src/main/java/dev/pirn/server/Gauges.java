package dev.pirn.server;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.LiveStatus;
import dev.pirn.patterns.Patterns;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// The figures that are looked up when somebody asks for the metrics.
final class Gauges {
  /// What is told of every source, by name.
  private static final Map<String, Figure> FIGURES =
      Map.of(
          "pirn.config.last.reload.successful",
          new Figure(
              "Whether the files are in force as they are",
              status -> Diagnostic.anyError(status.diagnostics()) ? 0 : 1),
          "pirn.config.last.reload.success.timestamp.seconds",
          new Figure(
              "When what is in force came into force, in seconds since 1970",
              status -> status.time().getEpochSecond()),
          "pirn.watch.folders",
          new Figure("Folders that are watched", status -> status.watch().folders()),
          "pirn.watch.files",
          new Figure("Files in scope", status -> status.watch().files()),
          "pirn.watch.resyncs",
          new Figure("Times that the disk was compared", status -> status.watch().resyncs()),
          "pirn.watch.problems",
          new Figure("What cannot be watched", status -> status.watch().problems().size()));

  private record Figure(String description, Function<LiveStatus, Number> of) {}

  private final LiveWorkspace live;
  private final WebSite web;
  private final EventLog log;
  private final HttpFront front;

  Gauges(LiveWorkspace live, WebSite web, EventLog log, HttpFront front) {
    this.live = live;
    this.web = web;
    this.log = log;
    this.front = front;
  }

  void register(Metrics metrics) {
    source(metrics, "config", live.config()::generation, () -> live.config().status());
    source(
        metrics,
        "patterns",
        () -> live.library().use(Library::generation),
        () -> live.library().use(it -> it.patterns().live().status()));
    source(
        metrics,
        "registry",
        () -> live.registry().use(OpenRegistry::generation),
        () -> live.registry().use(it -> it.registry().live().status()));
    source(
        metrics,
        "settings",
        () -> live.settings().use((it, _) -> it.generation()),
        () -> live.settings().use((it, _) -> it.settings().live().status()));
    source(metrics, "web", () -> web.web().source().generation(), () -> web.web().source());
    metrics.gauge(
        "pirn.web.pages",
        "Pages and clients that follow the files",
        null,
        "",
        () -> web.web().connections());
    metrics.gauge(
        "pirn.settings",
        "Keys that files set",
        null,
        "",
        () -> live.settings().use((it, _) -> it.settings().values().size()));
    agents(metrics);
    metrics.gauge("pirn.patterns", "Patterns in force", "state", "active", () -> patterns(false));
    metrics.gauge(
        "pirn.patterns", "Patterns in force", "state", "quarantined", () -> patterns(true));
    metrics.gauge("pirn.events.readers", "Who follows the events", null, "", log::readers);
    metrics.gauge("pirn.events.last", "The number of the last event", null, "", log::last);
    metrics.gauge("pirn.http.connections", "Open connections", null, "", front::connections);
  }

  /// What every source has.
  private static void source(
      Metrics metrics, String source, Supplier<Number> generation, Supplier<LiveStatus> status) {
    metrics.gauge(
        "pirn.config.generation", "The generation in force", "source", source, generation);
    FIGURES.forEach((name, figure) ->
        metrics.gauge(
            name, figure.description(), "source", source, () -> figure.of().apply(status.get())));
  }

  private void agents(Metrics metrics) {
    String agents = "pirn.registry.agents";
    String said = "Agents that are declared";
    metrics.gauge(agents, said, "state", "active", () -> agents() - brokenAgents());
    metrics.gauge(agents, said, "state", "quarantined", this::brokenAgents);
  }

  private long agents() {
    return live.registry().use(it -> (long) it.registry().agents().size());
  }

  private long brokenAgents() {
    return live.registry()
        .use(it -> (long) RegistryViews.quarantined(it.registry().agents()).size());
  }

  private long patterns(boolean quarantined) {
    return live.library()
        .use(it -> {
          Patterns patterns = it.patterns();
          Set<Path> broken = patterns.live().quarantined().keySet();
          return patterns.library().list().stream()
              .filter(loaded -> broken.contains(loaded.file()) == quarantined)
              .count();
        });
  }
}
