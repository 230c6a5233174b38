package dev.pirn.agents.process;

/// What a process can be told through the system.
public enum Signal {
  /// The terminal is gone; for many servers: load your configuration anew.
  HUP(1),
  /// Ctrl+C.
  INT(2),
  /// Ctrl+\\; a JVM prints its threads.
  QUIT(3),
  /// End at once; cannot be caught.
  KILL(9),
  /// For the program to define.
  USR1(10),
  /// For the program to define.
  USR2(12),
  /// End in good order.
  TERM(15),
  /// Go on after having been stopped.
  CONT(18);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  /// Its number on Linux.
  int number() {
    return number;
  }
}
