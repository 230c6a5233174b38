package dev.pirn.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A clock that a test puts forward, on one thread.
final class ManualClock implements LeaseClock {
  private record Task(long at, Runnable work) {}

  private final List<Task> tasks = new ArrayList<>();
  private long now;
  private int woken;
  private boolean closed;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(now);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    tasks.add(new Task(now + delay.toNanos(), task));
  }

  /// Runs what becomes due on the way, each at its time.
  void forward(Duration time) {
    long to = now + time.toNanos();
    while (!closed) {
      Task next = tasks.stream().min(Comparator.comparingLong(Task::at)).orElse(null);
      if (next == null || next.at > to) {
        break;
      }
      tasks.remove(next);
      now = next.at;
      woken++;
      next.work.run();
    }
    now = to;
  }

  /// Moves the time without anybody being woken, as when a thread gets no processor.
  void jump(Duration time) {
    now += time.toNanos();
  }

  /// How often something was run.
  int woken() {
    return woken;
  }

  /// How much waits to be run.
  int waiting() {
    return tasks.size();
  }

  @Override
  public void close() {
    closed = true;
  }
}
