package dev.pirn.server;

import dev.pirn.patterns.Patterns;
import dev.pirn.watch.WatchState;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;

/// The figures that are looked up when somebody asks for the metrics.
final class Gauges {
  private final LiveWorkspace live;
  private final EventLog log;
  private final HttpFront front;

  Gauges(LiveWorkspace live, EventLog log, HttpFront front) {
    this.live = live;
    this.log = log;
    this.front = front;
  }

  void register(Metrics metrics) {
    metrics.open("config");
    metrics.open("patterns");
    metrics.open("registry");
    String generation = "pirn.config.generation";
    metrics.gauge(
        generation, "The generation in force", "source", "config", live.config()::generation);
    metrics.gauge(
        generation,
        "The generation in force",
        "source",
        "patterns",
        () -> live.library().use(Library::generation));
    metrics.open("settings");
    metrics.gauge(
        generation,
        "The generation in force",
        "source",
        "settings",
        () -> live.settings().use((it, _) -> it.generation()));
    metrics.gauge(
        "pirn.settings",
        "Keys that files set",
        null,
        "",
        () -> live.settings().use((it, _) -> it.settings().values().size()));
    metrics.gauge(
        generation,
        "The generation in force",
        "source",
        "registry",
        () -> live.registry().use(OpenRegistry::generation));
    agents(metrics);
    metrics.gauge("pirn.patterns", "Patterns in force", "state", "active", () -> patterns(false));
    metrics.gauge(
        "pirn.patterns", "Patterns in force", "state", "quarantined", () -> patterns(true));
    watch(metrics, "pirn.watch.folders", "Folders that are watched", WatchState::folders);
    watch(metrics, "pirn.watch.files", "Files in scope", WatchState::files);
    watch(metrics, "pirn.watch.resyncs", "Times that the disk was compared", WatchState::resyncs);
    watch(
        metrics, "pirn.watch.problems", "What cannot be watched", state -> state.problems().size());
    metrics.gauge("pirn.events.readers", "Who follows the events", null, "", log::readers);
    metrics.gauge("pirn.events.last", "The number of the last event", null, "", log::last);
    metrics.gauge("pirn.http.connections", "Open connections", null, "", front::connections);
  }

  private void watch(
      Metrics metrics, String name, String description, Function<WatchState, Number> figure) {
    metrics.gauge(
        name,
        description,
        "source",
        "patterns",
        () -> figure.apply(live.library().use(it -> it.patterns().live().status().watch())));
    metrics.gauge(
        name,
        description,
        "source",
        "registry",
        () -> figure.apply(live.registry().use(it -> it.registry().live().status().watch())));
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
