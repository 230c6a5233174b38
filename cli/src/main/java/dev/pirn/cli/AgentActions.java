package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Does the same with several agents, one after the other, and says how each stands then.
final class AgentActions {
  private final Session session;
  private final AgentAnswers agents;
  private final boolean json;

  AgentActions(Session session, AgentAnswers agents, boolean json) {
    this.session = session;
    this.agents = agents;
    this.json = json;
  }

  /// What can be done.
  enum Action {
    START,
    STOP,
    RESTART;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// Does it and prints what came of it.
  ///
  /// @param names whose turn it is; all if there are none
  /// @return the exit code
  int act(Action action, List<String> names) {
    JsonArray done = new JsonArray();
    int exit = Exit.DONE;
    for (String name : names.isEmpty() ? all() : names) {
      JsonObject before = agents.get(name).getJsonObject("process");
      if (before == null) {
        throw new Failure(Problems.notSupervised(name));
      }
      JsonObject after = agents.act(name, action.word());
      done.add(after);
      String failure = failure(action, before, after);
      exit = failure == null ? exit : Exit.FAILED;
      if (!json) {
        tell(action, before, after, failure);
      }
    }
    if (json) {
      session.console().line(done.encodePrettily());
    }
    return exit;
  }

  private List<String> all() {
    List<String> names = new ArrayList<>();
    JsonArray processes = AgentsListCommand.processes(agents.list());
    for (int i = 0; i < processes.size(); i++) {
      names.add(processes.getJsonObject(i).getString("name"));
    }
    return names;
  }

  /// Why it has not succeeded; null if it has.
  private static @Nullable String failure(Action action, JsonObject before, JsonObject after) {
    boolean runs = AgentText.runs(after);
    return switch (action) {
      case STOP -> runs ? "it runs" : null;
      case START -> runs ? null : reason(after);
      case RESTART -> runs && !rejectedSince(before, after) ? null : reason(after);
    };
  }

  private static boolean rejectedSince(JsonObject before, JsonObject after) {
    JsonObject rejection = after.getJsonObject("rejection");
    JsonObject earlier = before.getJsonObject("rejection");
    return rejection != null
        && (earlier == null || !rejection.getString("time").equals(earlier.getString("time")));
  }

  private static String reason(JsonObject process) {
    JsonObject rejection = process.getJsonObject("rejection");
    return rejection == null ? "it does not run" : rejection.getString("reason");
  }

  private void tell(Action action, JsonObject before, JsonObject after, @Nullable String failure) {
    Console console = session.console();
    if (failure == null) {
      console.line(success(action, before, after));
      console.flush();
      return;
    }
    console.flush();
    console.errors(diagnostics(after, failure), session.folder());
    console.error(AgentText.lastLines(after.getJsonObject("rejection")));
  }

  private List<Diagnostic> diagnostics(JsonObject process, String failure) {
    List<Diagnostic> said = new ArrayList<>();
    long generation = process.getLong("generation", 0L);
    String running = AgentText.runs(process) ? "generation %d goes on".formatted(generation) : null;
    said.add(
        Problems.agentRejected(
            process.getString("name"), failure, running, AgentText.phase(process)));
    JsonObject rejection = process.getJsonObject("rejection");
    if (rejection != null) {
      said.addAll(
          new Diagnostics(session.workspace().root()).of(rejection.getJsonArray("diagnostics")));
    }
    return said;
  }

  private static String success(Action action, JsonObject before, JsonObject after) {
    String name = after.getString("name");
    long now = after.getLong("generation", 0L);
    return switch (action) {
      case STOP -> name + ": stopped";
      case START ->
          "%s: %s, generation %d at %s"
              .formatted(name, AgentText.phase(after), now, after.getString("url"));
      case RESTART -> {
        long old = before.getLong("generation", 0L);
        long took = Math.round(AgentText.took(after.getJsonObject("timings", new JsonObject())));
        yield old == now
            ? "%s: generation %d was told to load its code anew".formatted(name, now)
            : "%s: generation %d -> %d in %d ms".formatted(name, old, now, took);
      }
    };
  }
}
