package dev.pirn.server;

import dev.pirn.agents.AgentState;
import dev.pirn.agents.Agents;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.registry.AgentPresence;
import dev.pirn.registry.AgentRegistry;
import dev.pirn.registry.AliveAgents;
import dev.pirn.registry.AliveEvent;
import dev.pirn.registry.Heartbeat;
import dev.pirn.registry.Registration;
import dev.pirn.registry.ResolvedTool;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Agents that say that they are alive, and who they are; and what else is known of them.
///
/// Clients of other registries of this kind call the same at the root.
final class AliveRoutes {
  static final int MOST_BYTES = 1024 * 1024;

  private static final String API = "/api/v1";

  private final AliveAgents alive;
  private final Supplier<AgentRegistry> declared;
  private final LiveAgents run;
  private final Views views;

  /// @param declared the agents of the registry's file
  /// @param run those that are run here
  AliveRoutes(
      AliveAgents alive,
      Supplier<AgentRegistry> declared,
      LiveAgents run,
      Views views,
      EventLog log) {
    this.alive = alive;
    this.declared = declared;
    this.run = run;
    this.views = views;
    alive.onEvent(event -> tell(event, log));
  }

  /// Of agents that are run here, their processes tell.
  private static void tell(AliveEvent event, EventLog log) {
    switch (event.reason()) {
      case REGISTERED -> log.append("agent.active", "agents", event(event));
      case DEREGISTERED, EVICTED -> log.append("agent.stopped", "agents", event(event));
      case HELD, RELEASED -> {}
    }
  }

  private static JsonObject event(AliveEvent event) {
    return new JsonObject()
        .put("name", event.agentId())
        .put("reason", event.reason().word())
        .put("endpoint", event.endpoint());
  }

  void register(Routes routes) {
    routes.get("/agents", Set.of(), _ -> Answer.json(envelope()));
    routes.get(API + "/agents", Set.of(), _ -> Answer.json(agents()));
    for (String at : List.of("", API)) {
      routes.post(at + "/heartbeat", Set.of(), MOST_BYTES, this::heartbeat);
      routes.on(HttpMethod.HEAD, at + "/heartbeat/:id", this::beat);
      routes.get(at + "/agents/:id", Set.of(), this::agent);
      routes.on(HttpMethod.DELETE, at + "/agents/:id", this::deregister);
    }
  }

  private Answer heartbeat(Call call) {
    // Only JSON: the reader below would take YAML as well.
    call.json();
    Decoded<Heartbeat> read = Heartbeat.read(call.body().getBytes());
    Heartbeat heartbeat = read.value();
    if (heartbeat == null) {
      throw new Refused(400, read.diagnostics());
    }
    Decoded<Registration> done = alive.register(heartbeat);
    Registration registration = done.value();
    if (registration == null) {
      throw new Refused(503, done.diagnostics());
    }
    return Answer.json(answer(registration, done.diagnostics()));
  }

  private JsonObject answer(Registration done, List<Diagnostic> warnings) {
    JsonObject dependencies = new JsonObject();
    done.agent()
        .dependencies()
        .forEach((function, found) ->
            dependencies.put(
                function, Views.array(found, (ResolvedTool tool) -> new JsonObject(tool.toMap()))));
    return new JsonObject()
        .put("status", "success")
        .put("timestamp", now())
        .put("message", done.first() ? "the agent is registered" : "the lease is renewed")
        .put("agent_id", done.agent().id())
        .put("dependencies_resolved", dependencies)
        .put("llm_tools", new JsonObject())
        .put("warnings", views.diagnostics(warnings));
  }

  private Answer beat(Call call) {
    return Answer.empty(
        switch (alive.beat(call.part("id"))) {
          case UNCHANGED -> 200;
          case CHANGED -> 202;
          case UNKNOWN -> 410;
          case CLOSED -> 503;
        });
  }

  private Answer deregister(Call call) {
    String id = call.part("id");
    if (!alive.deregister(id)) {
      throw new Refused(404, alive.notAlive(id));
    }
    return Answer.empty(204);
  }

  private JsonArray agents() {
    Map<String, AgentPresence> all = new TreeMap<>();
    alive.list(declared.get()).forEach(it -> all.put(it.id(), it));
    Map<String, AgentState> states = new HashMap<>();
    run.opened().ifPresent(agents -> agents.list().forEach(it -> states.put(it.name(), it)));
    states
        .keySet()
        .forEach(name -> all.computeIfAbsent(name, it -> new AgentPresence(it, null, null)));
    AgentViews entries = new AgentViews(views);
    return Views.array(all.values(), it -> entries.entry(it, states.get(it.id())));
  }

  private Answer agent(Call call) {
    String id = call.part("id");
    Optional<Agents> agents = run.opened();
    AgentState state = agents.flatMap(it -> it.get(id)).orElse(null);
    AgentPresence presence =
        new AgentPresence(id, declared.get().get(id).orElse(null), alive.get(id).orElse(null));
    if (state == null && presence.declared() == null && presence.alive() == null) {
      throw new Refused(404, agents.map(it -> it.notFound(id)).orElseGet(() -> alive.notAlive(id)));
    }
    return Answer.json(new AgentViews(views).entry(presence, state));
  }

  private JsonObject envelope() {
    JsonArray agents = agents();
    return new JsonObject()
        .put("agents", agents)
        .put("count", agents.size())
        .put("timestamp", now());
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
