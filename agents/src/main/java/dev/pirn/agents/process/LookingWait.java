package dev.pirn.agents.process;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Looks now and then, after 2 ms at first and every 50 ms later: without pidfds there is no event
/// for the end of a process that is not our child. The JDK's own `ProcessHandle.onExit` looks too,
/// and less often.
final class LookingWait implements ExitWait {
  private static final long SHORTEST_LOOK = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_LOOK = TimeUnit.MILLISECONDS.toNanos(50);

  private final ProcessTable table;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean woken;

  LookingWait(ProcessTable table) {
    this.table = table;
  }

  @Override
  public void await(Collection<ProcessId> processes, long nanos) {
    long deadline = System.nanoTime() + nanos;
    long look = SHORTEST_LOOK;
    lock.lock();
    try {
      while (!woken && processes.stream().anyMatch(table::alive)) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return;
        }
        long _ = changed.awaitNanos(Math.min(left, look));
        look = Math.min(LONGEST_LOOK, look * 2);
      }
      woken = false;
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if somebody does, the caller finds out what is alive.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    // Nothing to give back.
  }
}
