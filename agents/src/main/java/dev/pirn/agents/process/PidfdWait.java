package dev.pirn.agents.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Waits in `poll(2)` on one pidfd for each process, and an eventfd to be woken by.
///
/// A process for which the system gives no pidfd (Linux before 5.3, a strict container, no free
/// descriptor) is looked at in `/proc` now and then instead: there is no other event for processes
/// that are not our children.
final class PidfdWait implements ExitWait {
  private static final int NONBLOCK = 0x800;
  private static final int CLOEXEC = 0x80000;
  private static final short POLLIN = 1;
  private static final int ENTRY = 8;
  private static final long SHORTEST_LOOK = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_LOOK = TimeUnit.MILLISECONDS.toNanos(50);

  private final ProcessTable table;
  private final int waker;

  @GuardedBy("this")
  private boolean closed;

  private PidfdWait(ProcessTable table, int waker) {
    this.table = table;
    this.waker = waker;
  }

  /// Opens one; without a free descriptor it is one that looks now and then.
  static ExitWait open(ProcessTable table) {
    try (Arena arena = Arena.ofConfined()) {
      int waker = LinuxCalls.eventfd(LinuxCalls.errno(arena), 0, NONBLOCK | CLOEXEC);
      return waker < 0 ? new LookingWait(table) : new PidfdWait(table, waker);
    }
  }

  @Override
  public void await(Collection<ProcessId> processes, long nanos) {
    long deadline = System.nanoTime() + nanos;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = LinuxCalls.errno(arena);
      List<Integer> held = new ArrayList<>();
      List<ProcessId> looked = new ArrayList<>();
      try {
        hold(errno, processes, held, looked);
        wait(arena, errno, held, looked, deadline);
      } finally {
        held.forEach(pidfd -> LinuxCalls.close(errno, pidfd));
      }
    }
  }

  private void hold(
      MemorySegment errno,
      Collection<ProcessId> processes,
      List<Integer> held,
      List<ProcessId> looked) {
    for (ProcessId id : processes) {
      int pidfd = LinuxCalls.pidfdOpen(errno, Signals.checked(id.pid()));
      int error = pidfd < 0 ? LinuxCalls.value(errno) : 0;
      if (table.alive(id)) {
        if (pidfd >= 0) {
          held.add(pidfd);
        } else if (error != LinuxCalls.ESRCH) {
          looked.add(id);
        }
      } else if (pidfd >= 0) {
        LinuxCalls.close(errno, pidfd);
      }
    }
  }

  private void wait(
      Arena arena, MemorySegment errno, List<Integer> held, List<ProcessId> looked, long deadline) {
    MemorySegment polled = arena.allocate((long) ENTRY * (held.size() + 1), ENTRY);
    long look = SHORTEST_LOOK;
    while (true) {
      looked.removeIf(id -> !table.alive(id));
      long left = deadline - System.nanoTime();
      if ((held.isEmpty() && looked.isEmpty()) || left <= 0) {
        return;
      }
      polled.fill((byte) 0);
      for (int i = 0; i < held.size(); i++) {
        ask(polled, i, held.get(i));
      }
      ask(polled, held.size(), waker);
      long nanos = looked.isEmpty() ? left : Math.min(left, look);
      look = Math.min(LONGEST_LOOK, look * 2);
      int ready = LinuxCalls.poll(errno, polled, held.size() + 1L, millis(nanos));
      if (ready > 0 && ready(polled, held.size())) {
        return;
      }
      Iterator<Integer> each = held.iterator();
      for (int i = 0; ready > 0 && each.hasNext(); i++) {
        int pidfd = each.next();
        if (ready(polled, i)) {
          each.remove();
          LinuxCalls.close(errno, pidfd);
        }
      }
    }
  }

  private static void ask(MemorySegment polled, int at, int fd) {
    polled.set(JAVA_INT, (long) at * ENTRY, fd);
    polled.set(JAVA_SHORT, (long) at * ENTRY + 4, POLLIN);
  }

  private static boolean ready(MemorySegment polled, int at) {
    return polled.get(JAVA_SHORT, (long) at * ENTRY + 6) != 0;
  }

  private static int millis(long nanos) {
    // Rounded up: poll must not come back just before a deadline, only to be called again.
    return (int) Math.min(TimeUnit.DAYS.toMillis(1), (nanos + 999_999) / 1_000_000);
  }

  @Override
  public synchronized void wake() {
    if (!closed) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
        LinuxCalls.write(LinuxCalls.errno(arena), waker, one, Long.BYTES);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try (Arena arena = Arena.ofConfined()) {
        LinuxCalls.close(LinuxCalls.errno(arena), waker);
      }
    }
  }
}
