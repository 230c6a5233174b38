package dev.pirn.agents.process;

import java.util.Collection;

/// Waits for processes to end that may not be our children. One thread waits, any thread wakes it.
interface ExitWait extends AutoCloseable {
  /// Returns when all have ended, the time is over, or somebody has called [#wake].
  void await(Collection<ProcessId> processes, long nanos);

  /// Ends the wait that is under way, or the next one.
  void wake();

  @Override
  void close();
}
