package dev.pirn.registry;

/// What an agent is told when it only says that it is still there.
public enum Beat {
  /// Nothing has changed for it.
  UNCHANGED,
  /// Something else is to be had for its dependencies: it should send a whole heartbeat, whose
  /// answer says what.
  CHANGED,
  /// It is not known: it should send a whole heartbeat.
  UNKNOWN,
  /// The registry is being closed: it should try again later.
  CLOSED
}
