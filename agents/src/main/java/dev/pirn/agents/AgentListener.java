package dev.pirn.agents;

/// Is told what happens to agents.
///
/// The methods are called on the threads that own agents and on those that read their output: of
/// one agent, one event at a time and in order. They must not block, because they hold up the
/// agent. What they throw is logged.
public interface AgentListener {
  /// Something happened.
  void onEvent(AgentEvent event);

  /// An agent has printed a line.
  default void onLine(LogLine line) {}
}
