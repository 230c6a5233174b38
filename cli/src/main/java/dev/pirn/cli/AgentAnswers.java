package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/// What the commands on agents ask for; see [Answers]. An agent that is run has a member `process`.
interface AgentAnswers {
  /// All agents.
  JsonArray list();

  /// One agent.
  JsonObject get(String name);

  /// Starts, stops or restarts an agent.
  ///
  /// @param action `start`, `stop` or `restart`
  /// @return its process when that has succeeded or failed
  JsonObject act(String name, String action);

  /// Takes agents beside those that there are.
  ///
  /// @param paths absolute
  /// @return the processes and what is to be said of them
  JsonObject add(List<Path> paths);

  /// The last lines that agents have printed, oldest first.
  ///
  /// @param names whose; all if there are none
  /// @param most how many of each
  JsonArray lines(List<String> names, int most);

  /// What is wrong with what agents are said to be.
  JsonArray diagnostics();
}
