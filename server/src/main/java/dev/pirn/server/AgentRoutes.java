package dev.pirn.server;

import dev.pirn.agents.AgentFinder;
import dev.pirn.agents.AgentState;
import dev.pirn.agents.Agents;
import dev.pirn.live.Diagnostic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/// Starts, stops and restarts agents that are run here, and takes more of them.
final class AgentRoutes {
  private static final String AT = "/api/v1/agents";
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_PATHS = 100;

  /// Before the client's connection counts as idle.
  private static final long LONGEST_WAIT_SECONDS = 50;

  private final LiveAgents live;
  private final Workspace workspace;
  private final Views views;
  private final AgentViews agentViews;

  /// What is done with one agent.
  private interface Command extends BiFunction<Agents, String, CompletionStage<AgentState>> {}

  AgentRoutes(LiveAgents live, Workspace workspace, Views views) {
    this.live = live;
    this.workspace = workspace;
    this.views = views;
    this.agentViews = new AgentViews(views);
  }

  void register(Routes routes) {
    routes.post(AT, Set.of(), MOST_BYTES, this::add);
    command(routes, "start", Agents::start);
    command(routes, "stop", Agents::stop);
    command(routes, "restart", Agents::restart);
  }

  private void command(Routes routes, String word, Command command) {
    routes.post(AT + "/:id/" + word, Set.of("wait"), MOST_BYTES, call -> command(call, command));
  }

  private Answer command(Call call, Command command) {
    String id = call.part("id");
    boolean wait = call.flag("wait", true);
    Agents agents = live.open();
    AgentState before = agents.get(id).orElseThrow(() -> new Refused(404, agents.notFound(id)));
    CompletionStage<AgentState> done;
    try {
      done = command.apply(agents, id);
    } catch (IllegalArgumentException e) {
      // It was taken away at this moment.
      throw new Refused(404, agents.notFound(id));
    }
    if (!wait) {
      return Answer.json(agentViews.process(before)).status(202);
    }
    try {
      return Answer.json(
          agentViews.process(
              done.toCompletableFuture().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)));
    } catch (TimeoutException e) {
      return Answer.json(agentViews.process(agents.get(id).orElse(before))).status(202);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the agent \"%s\" did not settle".formatted(id), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the server is being closed", e);
    }
  }

  private Answer add(Call call) {
    List<Path> paths = paths(call.json());
    Agents agents = live.open();
    // Looked at first, so that what is no agent does not stay among those that are looked for.
    AgentFinder.Found found = AgentFinder.of(workspace.root(), System.getenv()).named(paths);
    List<Diagnostic> errors = found.diagnostics().stream().filter(Diagnostic::isError).toList();
    if (!errors.isEmpty()) {
      throw new Refused(422, errors);
    }
    List<Diagnostic> all = live.add(agents, paths);
    List<AgentState> states =
        found.agents().stream().flatMap(it -> agents.get(it.name()).stream()).toList();
    return Answer.json(
        new JsonObject()
            .put("diagnostics", views.diagnostics(all))
            .put("agents", agentViews.processes(states)));
  }

  private List<Path> paths(JsonObject body) {
    List<Path> paths = new ArrayList<>();
    if (body.getValue("paths") instanceof JsonArray given && given.size() <= MOST_PATHS) {
      for (Object path : given) {
        if (path instanceof String text && !text.isBlank()) {
          paths.add(path(text));
        } else {
          throw noPaths();
        }
      }
    }
    if (paths.isEmpty()) {
      throw noPaths();
    }
    return paths;
  }

  private Path path(String text) {
    try {
      return workspace.resolve(Path.of(text));
    } catch (InvalidPathException e) {
      throw new Refused(422, Problems.badBody("has \"%s\", which is no path".formatted(text)));
    }
  }

  private static Refused noPaths() {
    return new Refused(
        422, Problems.badBody("must have 1 to %d texts as \"paths\"".formatted(MOST_PATHS)));
  }
}
