package dev.pirn.agents;

/// Is told what happens to agents.
///
/// The methods are called on the thread that owns the agent, and on those that read its output, so
/// of each agent's events one at a time and in order. They must not block: they hold up the agent.
/// What they throw is logged.
public interface AgentListener {
  /// Something happened.
  void onEvent(AgentEvent event);

  /// An agent has printed a line.
  ///
  /// @param generation of the process that printed it
  /// @param error whether it was printed to standard error
  default void onLine(String agent, long generation, boolean error, String line) {}
}
