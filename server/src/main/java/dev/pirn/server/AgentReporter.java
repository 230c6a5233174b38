package dev.pirn.server;

import dev.pirn.agents.AgentEvent;
import dev.pirn.agents.AgentListener;
import dev.pirn.agents.AgentState;
import dev.pirn.agents.Agents;
import dev.pirn.agents.LogLine;
import dev.pirn.agents.SwapTimings;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes what happens to agents to those who want to know: the event log, the registry of those
/// that are alive, the metrics, and who follows what agents print.
final class AgentReporter implements AgentListener {
  private final Views views;
  private final EventLog log;
  private final AgentLeases leases;
  private final AgentMeters meters;
  private final LogFeed feed = new LogFeed();
  private volatile @Nullable Agents agents;

  AgentReporter(Views views, EventLog log, AgentLeases leases, AgentMeters meters) {
    this.views = views;
    this.log = log;
    this.leases = leases;
    this.meters = meters;
  }

  /// Who can be asked how agents stand; what happened before is made up for.
  void follow(Agents opened) {
    agents = opened;
    opened.list().forEach(state -> leases.look(state.name(), this::state, false));
  }

  /// They are there no more.
  void ended() {
    agents = null;
    leases.look(this::state);
  }

  private Optional<AgentState> state(String name) {
    Agents now = agents;
    return now == null ? Optional.empty() : now.get(name);
  }

  /// What agents print.
  LogFeed feed() {
    return feed;
  }

  @Override
  public void onEvent(AgentEvent event) {
    if (agents != null) {
      // Before the log tells of it: who reads there that an agent is active finds it alive.
      leases.look(event.agent(), this::state, isStopped(event));
    }
    meters.happened(event, state(event.agent()).orElse(null));
    log.append(event.kind().type(), "agents", json(event));
  }

  private static boolean isStopped(AgentEvent event) {
    return event.kind() == AgentEvent.Kind.STOPPED && "stopped".equals(event.reason());
  }

  @Override
  public void onLine(LogLine line) {
    feed.line(line);
  }

  /// The first that it is about, as every event names one where there is one.
  private @Nullable String file(AgentEvent event) {
    return Stream.concat(
            event.files().stream(),
            event.diagnostics().stream().map(Diagnostic::place).flatMap(AgentReporter::fileOf))
        .findFirst()
        .map(views::file)
        .orElse(null);
  }

  private static Stream<Path> fileOf(@Nullable Place place) {
    return place == null ? Stream.empty() : Stream.of(place.file());
  }

  private JsonObject json(AgentEvent event) {
    JsonObject json =
        new JsonObject()
            .put("name", event.agent())
            .put("file", file(event))
            .put("generation", event.generation())
            .put("reason", event.reason());
    if (!event.files().isEmpty()) {
      json.put("files", Views.array(event.files(), views::file));
    }
    if (!event.timings().equals(SwapTimings.NONE)) {
      json.put("timings", new JsonObject(event.timings().toMap()));
    }
    if (!event.diagnostics().isEmpty()) {
      json.put("diagnostics", views.diagnostics(event.diagnostics()));
    }
    if (!event.lastLines().isEmpty()) {
      json.put("last_lines", new JsonArray(event.lastLines()));
    }
    return json;
  }
}
