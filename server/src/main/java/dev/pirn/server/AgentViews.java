package dev.pirn.server;

import dev.pirn.agents.AgentPhase;
import dev.pirn.agents.AgentSpec;
import dev.pirn.agents.AgentState;
import dev.pirn.agents.Explanation;
import dev.pirn.agents.LogLine;
import dev.pirn.agents.Rejection;
import dev.pirn.registry.AgentPresence;
import dev.pirn.registry.AliveStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON of agents that are run, over HTTP and on the command line alike. Keys are in
/// `snake_case`, as in all that is said of agents.
///
/// ```java
/// new AgentViews(Views.of(workspace)).processes(agents.list()).encodePrettily();
/// ```
///
/// **Threading.** Immutable; every call makes a new object.
public final class AgentViews {
  private final Views views;

  /// The views of a workspace.
  public AgentViews(Views views) {
    this.views = views;
  }

  /// How an agent stands: `{name, title, version, language, mode, phase, since, url, generation,
  /// pid, restarts, crashes, folder, depends_on, timings, rejection, suspended_by, traffic}`.
  public JsonObject process(AgentState state) {
    AgentSpec spec = state.spec();
    AgentState.Traffic traffic = state.traffic();
    return new JsonObject()
        .put("name", spec.name())
        .put("title", spec.about().title())
        .put("version", spec.about().version())
        .put("language", spec.language().word())
        .put("mode", Views.word(spec.mode()).replace('_', '-'))
        .put("phase", Views.word(state.phase()))
        .put("since", state.since().toString())
        .put("url", state.url())
        .put("generation", state.generation())
        .put("pid", state.pid() == 0 ? null : state.pid())
        .put("restarts", state.restarts())
        .put("crashes", state.crashes())
        .put("folder", views.file(spec.folder()))
        .put("depends_on", new JsonArray(spec.dependsOn()))
        .put("timings", new JsonObject(state.timings().toMap()))
        .put("rejection", rejection(state.rejection()))
        .put("suspended_by", state.suspendedBy())
        .put(
            "traffic",
            new JsonObject()
                .put("requests", traffic.requests())
                .put("failed", traffic.failed())
                .put("held", traffic.held())
                .put("most_held", traffic.mostHeld())
                .put("replayed", traffic.replayed()));
  }

  /// How several stand.
  public JsonArray processes(List<AgentState> states) {
    return Views.array(states, this::process);
  }

  private @Nullable JsonObject rejection(@Nullable Rejection rejection) {
    return rejection == null
        ? null
        : new JsonObject()
            .put("time", rejection.time().toString())
            .put("generation", rejection.generation())
            .put("reason", rejection.reason())
            .put("diagnostics", views.diagnostics(rejection.diagnostics()))
            .put("last_lines", new JsonArray(rejection.lastLines()));
  }

  /// Lines that were printed: an array of `{time, agent, generation, error, text}`.
  public JsonArray lines(List<LogLine> lines) {
    return Views.array(lines, AgentViews::line);
  }

  static JsonObject line(LogLine line) {
    return new JsonObject()
        .put("time", line.time().toString())
        .put("agent", line.agent())
        .put("generation", line.generation())
        .put("error", line.error())
        .put("text", line.text());
  }

  /// What a change of a file would do to agents, and by which rule: an array of `{agent, effect,
  /// reason, origin}`.
  public JsonArray verdicts(Explanation explanation) {
    JsonArray all = new JsonArray();
    explanation
        .verdicts()
        .forEach((agent, verdict) ->
            all.add(
                new JsonObject()
                    .put("agent", agent)
                    .put("effect", Views.word(verdict.effect()))
                    .put("reason", verdict.rule())
                    .put("origin", verdict.origin())));
    return all;
  }

  /// All that is known of an agent, with its `process` if it is run here.
  JsonObject entry(AgentPresence presence, @Nullable AgentState state) {
    JsonObject json = new JsonObject(presence.toMap());
    if (state != null) {
      if (presence.alive() == null && presence.declared() == null) {
        AgentSpec.About about = state.spec().about();
        json.put("name", about.title() == null ? state.name() : about.title())
            .put("version", about.version())
            .put("description", about.description())
            .put("tags", new JsonArray(about.tags()));
      }
      if (presence.alive() != null && state.phase() == AgentPhase.FAILED) {
        // It keeps its lease, as it is the same agent when it has been mended.
        json.put("status", AliveStatus.UNHEALTHY.word());
      }
      json.put("process", process(state));
    }
    return json;
  }

  /// One row of the status: `{name, phase, url, generation, restarts, rejection}`.
  JsonObject row(AgentState state) {
    return new JsonObject()
        .put("name", state.name())
        .put("phase", Views.word(state.phase()))
        .put("url", state.url())
        .put("generation", state.generation())
        .put("restarts", state.restarts())
        .put("rejection", rejection(state.rejection()));
  }
}
