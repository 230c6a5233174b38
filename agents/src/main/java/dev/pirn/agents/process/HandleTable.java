package dev.pirn.agents.process;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The processes as the JDK shows them on any system: who started whom, but neither sessions nor
/// environments. Starts are in milliseconds since 1970. A zombie counts as alive.
final class HandleTable implements ProcessTable {
  @Override
  public List<ProcessEntry> entries() {
    return ProcessHandle.allProcesses().map(HandleTable::entry).toList();
  }

  @Override
  public @Nullable ProcessEntry entry(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(HandleTable::entry)
        .orElse(null);
  }

  private static ProcessEntry entry(ProcessHandle handle) {
    long started = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    long parent = handle.parent().map(ProcessHandle::pid).orElse(0L);
    return new ProcessEntry(new ProcessId(handle.pid(), started), parent, 0, 0, false);
  }

  @Override
  public boolean carries(long pid, String mark) {
    return false;
  }

  @Override
  public Set<String> pipes(long pid) {
    return Set.of();
  }
}
