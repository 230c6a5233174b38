package dev.pirn.agents.process;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The processes of this system.
interface ProcessTable {
  /// All, as far as they can be seen. They are not of one moment.
  List<ProcessEntry> entries();

  /// One of them; null when there is none.
  @Nullable ProcessEntry entry(long pid);

  /// Whether it carries a mark, `NAME=value`, in the environment that it was started with; false
  /// when that cannot be seen.
  boolean carries(long pid, String mark);

  /// The pipes that are its standard output and error; empty when that cannot be seen.
  Set<String> pipes(long pid);

  /// Whether it is there and not dead.
  default boolean alive(ProcessId id) {
    ProcessEntry entry = entry(id.pid());
    return entry != null && entry.id().equals(id) && !entry.dead();
  }
}
