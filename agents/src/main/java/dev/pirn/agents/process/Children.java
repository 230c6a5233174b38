package dev.pirn.agents.process;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The processes that the JDK starts for us, and therefore takes note of the end of.
final class Children implements Spawner {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Process> known = new HashMap<>();
  private boolean closed;

  /// Starts one; nobody sees it as a stranger in between.
  @Override
  public Process spawn(ProcessBuilder builder) throws IOException {
    lock.lock();
    try {
      Process process = builder.start();
      known.put(process.pid(), process);
      changed.signalAll();
      CompletableFuture<Void> _ = process.onExit().thenRun(() -> forget(process));
      return process;
    } finally {
      lock.unlock();
    }
  }

  void forget(Process process) {
    lock.lock();
    try {
      known.remove(process.pid(), process);
    } finally {
      lock.unlock();
    }
  }

  /// The process of that pid, which is not a stranger's; null when it is.
  @Nullable Process get(long pid) {
    lock.lock();
    try {
      return known.get(pid);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is one.
  ///
  /// @return false when there will be none any more
  boolean awaitOne() throws InterruptedException {
    lock.lock();
    try {
      while (known.isEmpty() && !closed) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
