package dev.pirn.agents.process;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Signals by system call. A process is held by a pidfd while its start is compared, so that its
/// pid cannot become another's in between.
final class LinuxSignals implements Signals {
  private final ProcessTable table;

  LinuxSignals(ProcessTable table) {
    this.table = table;
  }

  @Override
  public boolean send(ProcessId id, Signal signal) {
    int pid = Signals.checked(id.pid());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = LinuxCalls.errno(arena);
      int pidfd = LinuxCalls.pidfdOpen(errno, pid);
      if (pidfd < 0) {
        // Before Linux 5.3, or forbidden: compare and send, a few microseconds apart.
        return LinuxCalls.value(errno) != LinuxCalls.ESRCH
            && table.alive(id)
            && LinuxCalls.kill(errno, pid, signal.number()) == 0;
      }
      boolean sent =
          table.alive(id) && LinuxCalls.pidfdSendSignal(errno, pidfd, signal.number()) == 0;
      LinuxCalls.close(errno, pidfd);
      return sent;
    }
  }

  @Override
  public boolean sendToGroup(long group, Signal signal) {
    int checked = Signals.checked(group);
    try (Arena arena = Arena.ofConfined()) {
      return LinuxCalls.kill(LinuxCalls.errno(arena), -checked, signal.number()) == 0;
    }
  }

  @Override
  public boolean reachGroups() {
    return true;
  }
}
