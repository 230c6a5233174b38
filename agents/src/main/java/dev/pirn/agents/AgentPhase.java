package dev.pirn.agents;

/// What an agent is doing, as seen by who calls it.
public enum AgentPhase {
  /// Nobody wants it to run.
  STOPPED,
  /// Its first process is on the way; requests wait.
  STARTING,
  /// A process answers.
  ACTIVE,
  /// A process answers, and the next one is on the way.
  SWAPPING,
  /// There is no process for a moment; requests wait.
  HOLDING,
  /// It has crashed, and is started again after a while; requests wait.
  BACKING_OFF,
  /// It does not run, and is not started again before somebody mends or restarts it.
  FAILED
}
