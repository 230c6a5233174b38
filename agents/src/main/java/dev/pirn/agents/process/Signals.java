package dev.pirn.agents.process;

/// Sends signals.
///
/// INVARIANT: 0, 1 and negative pids never reach the system. To `kill`, 0 is our own group, -1
/// everybody, and 1 is the process that holds a container together.
interface Signals {
  /// Sends a signal to a process, unless its pid is somebody else's by now.
  ///
  /// @return whether it was sent
  boolean send(ProcessId id, Signal signal);

  /// Sends a signal to a group, which the caller has just seen to be the right one.
  ///
  /// @return whether it was sent
  boolean sendToGroup(long group, Signal signal);

  /// Whether there are signals for groups at all.
  boolean reachGroups();

  static int checked(long pid) {
    if (pid <= 1 || pid > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a pid that may be signalled is greater than 1, was " + pid);
    }
    return (int) pid;
  }
}
