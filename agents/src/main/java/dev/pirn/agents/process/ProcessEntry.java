package dev.pirn.agents.process;

import org.jspecify.annotations.Nullable;

/// What the system says of a process at one moment.
///
/// @param group 0 when unknown
/// @param session 0 when unknown
/// @param dead whether it only waits for its parent to take note of its end
record ProcessEntry(ProcessId id, long parent, long group, long session, boolean dead) {
  // Numbered as in proc(5), counted from the field behind the name.
  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int GROUP = 2;
  private static final int SESSION = 3;
  private static final int THREADS = 17;
  private static final int STARTED = 19;

  long pid() {
    return id.pid();
  }

  /// Reads `/proc/PID/stat`; null when it is not what proc(5) says.
  static @Nullable ProcessEntry parse(String stat) {
    int open = stat.indexOf('(');
    // The name may hold anything, parentheses and line ends too.
    int close = stat.lastIndexOf(')');
    if (open < 1 || close < open || close + 2 >= stat.length()) {
      return null;
    }
    String[] fields = stat.substring(close + 2).split(" ", -1);
    if (fields.length <= STARTED) {
      return null;
    }
    try {
      // A process whose main thread has ended, but not the others, is a zombie in name only.
      boolean dead = "ZXx".contains(fields[STATE]) && Long.parseLong(fields[THREADS]) <= 1;
      return new ProcessEntry(
          new ProcessId(
              Long.parseLong(stat.substring(0, open).trim()), Long.parseLong(fields[STARTED])),
          Long.parseLong(fields[PARENT]),
          Long.parseLong(fields[GROUP]),
          Long.parseLong(fields[SESSION]),
          dead);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
