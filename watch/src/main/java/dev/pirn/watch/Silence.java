package dev.pirn.watch;

import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A kernel that reports nothing, so that the engine compares the disk again and again.
final class Silence implements Kernel {
  private final Semaphore wakes = new Semaphore(0);

  @Override
  public Backend backend() {
    return Backend.POLLING;
  }

  @Override
  public int watch(Path folder, boolean children) throws WatchRefused {
    throw new WatchRefused(WatchRefused.Reason.POLL);
  }

  @Override
  public void unwatch(int number) {}

  @Override
  public void await(long nanos) {
    try {
      if (wakes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void drain(RawEvent.Sink sink) {}

  @Override
  public void wake() {
    wakes.release();
  }

  @Override
  public boolean quiet() {
    return true;
  }

  @Override
  public void close() {}
}
