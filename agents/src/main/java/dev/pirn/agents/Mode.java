package dev.pirn.agents;

/// How the processes of an agent follow one another.
public enum Mode {
  /// The new one is started beside the old one, and takes over when it is ready. The default.
  BLUE_GREEN,
  /// The old one is stopped first, and requests wait until the new one is ready; for agents of
  /// which there must not be two.
  HOLD,
  /// The process stays and gets a signal, upon which it loads its code anew by itself.
  SIGNAL,
  /// The old one is stopped, then the new one started; requests in between are refused.
  RESTART
}
