package dev.pirn.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The time that leases go by: one that is never set, so that no correction of the machine's clock
/// ends a lease.
interface LeaseClock extends AutoCloseable {
  /// Nanoseconds from some moment on.
  long nanos();

  /// The time for people.
  Instant instant();

  /// Runs something once, later; not after closing.
  void after(Duration delay, Runnable task);

  @Override
  void close();

  /// That of the machine. While something is to be run later, a virtual thread waits for it.
  static LeaseClock system() {
    CountDownLatch closed = new CountDownLatch(1);
    return new LeaseClock() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public Instant instant() {
        return Instant.now();
      }

      @Override
      public void after(Duration delay, Runnable task) {
        Thread.ofVirtual().name("pirn-lease").start(() -> wait(delay, task));
      }

      private void wait(Duration delay, Runnable task) {
        try {
          if (!closed.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
            task.run();
          }
        } catch (InterruptedException e) {
          // Nobody interrupts this thread; if somebody does, it is to end.
          Thread.currentThread().interrupt();
        }
      }

      @Override
      public void close() {
        closed.countDown();
      }
    };
  }
}
