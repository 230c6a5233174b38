package dev.pirn.agents.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;

/// Makes this process the parent of orphans among its descendants, and takes note of their ends.
///
/// One thread waits for the end of any child. It looks at who has ended before it takes note: the
/// children of the JDK are left to the JDK, which would otherwise never learn of their exit codes.
final class Adoption implements Runnable {
  private static final int SET_CHILD_SUBREAPER = 36;
  private static final int ANY = 0;
  private static final int ONE = 1;
  private static final int NO_HANG = 1;
  private static final int EXITED = 4;
  private static final int LEAVE = 0x01000000;
  private static final int INFO = 128;
  private static final int INFO_PID = 16;
  private static final Duration END = Duration.ofSeconds(1);

  private final ProcessTable table;
  private final Children children;
  private final Thread thread = Thread.ofPlatform().daemon().name("pirn-reaper").unstarted(this);

  private Adoption(ProcessTable table, Children children) {
    this.table = table;
    this.children = children;
  }

  static Adoption begin(ProcessTable table, Children children) {
    Adoption adoption = new Adoption(table, children);
    adopt(1);
    adoption.thread.start();
    return adoption;
  }

  private static void adopt(long whether) {
    try (Arena arena = Arena.ofConfined()) {
      LinuxCalls.prctl(LinuxCalls.errno(arena), SET_CHILD_SUBREAPER, whether);
    }
  }

  /// The children that nobody has started here.
  List<ProcessEntry> strays() {
    long self = Host.self();
    return table.entries().stream()
        .filter(entry -> entry.parent() == self && !entry.dead())
        .filter(entry -> children.get(entry.pid()) == null)
        .toList();
  }

  @Override
  public void run() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = LinuxCalls.errno(arena);
      MemorySegment info = arena.allocate(INFO, Long.BYTES);
      boolean more = true;
      while (more) {
        if (LinuxCalls.waitid(errno, ANY, 0, info, EXITED | LEAVE) == 0) {
          takeNote(errno, info, info.get(JAVA_INT, INFO_PID));
        } else if (LinuxCalls.value(errno) != LinuxCalls.EINTR) {
          // There is no child.
          more = children.awaitOne();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeNote(MemorySegment errno, MemorySegment info, int pid)
      throws InterruptedException {
    Process process = children.get(pid);
    if (process == null) {
      LinuxCalls.waitid(errno, ONE, pid, info, EXITED | NO_HANG);
    } else {
      // The JDK's own thread for it has been woken as well; until that is done, it would be told
      // again.
      process.waitFor();
      children.forget(process);
    }
  }

  /// Ends the thread, unless a child is left that does not end.
  void close() {
    adopt(0);
    children.close();
    try {
      thread.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
