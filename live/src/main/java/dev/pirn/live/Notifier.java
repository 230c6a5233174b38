package dev.pirn.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.watch.Change;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls the listeners of one source, one call at a time, in the order of the outcomes, under no
/// lock. Its virtual thread exists only while there is something to tell.
final class Notifier<T> {
  /// How many outcomes wait at most; beyond that, they are merged into one.
  static final int LONGEST_QUEUE = 1000;

  private static final Logger LOG = System.getLogger("dev.pirn.live");
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final String name;
  private final List<Entry<T>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong failures = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rest = lock.newCondition();

  @GuardedBy("lock")
  private final Deque<Reload<T>> queue = new ArrayDeque<>();

  @GuardedBy("lock")
  private @Nullable Thread teller;

  private volatile boolean closed;

  private static final class Entry<T> implements Subscription {
    private final Consumer<? super Reload<T>> listener;
    private final Notifier<T> owner;
    private volatile boolean open = true;

    private Entry(Consumer<? super Reload<T>> listener, Notifier<T> owner) {
      this.listener = listener;
      this.owner = owner;
    }

    @Override
    public void close() {
      open = false;
      owner.listeners.remove(this);
    }
  }

  Notifier(String name) {
    this.name = name;
  }

  Subscription add(Consumer<? super Reload<T>> listener) {
    Entry<T> entry = new Entry<>(listener, this);
    listeners.add(entry);
    return entry;
  }

  long failures() {
    return failures.get();
  }

  void tell(Reload<T> outcome) {
    lock.lock();
    try {
      if (closed || listeners.isEmpty()) {
        return;
      }
      if (queue.size() >= LONGEST_QUEUE) {
        merge();
      }
      queue.add(outcome);
      if (teller == null) {
        teller = Thread.ofVirtual().name("pirn-tell-" + name).start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  /// All published outcomes that wait become one that spans them; of the others only the last
  /// refusal is kept.
  @GuardedBy("lock")
  private void merge() {
    Reload.Applied<T> span = null;
    Reload<T> refusal = null;
    for (Reload<T> outcome : queue) {
      switch (outcome) {
        case Reload.Applied<T> applied -> {
          span = span == null ? applied : span(span, applied);
          refusal = null;
        }
        case Reload.Rejected<T> rejected -> refusal = rejected;
        case Reload.Unchanged<T> _ -> {}
      }
    }
    queue.clear();
    if (span != null) {
      queue.add(span);
    }
    if (refusal != null) {
      queue.add(refusal);
    }
  }

  private static <T> Reload.Applied<T> span(Reload.Applied<T> first, Reload.Applied<T> last) {
    Map<Object, Change> changes = new LinkedHashMap<>();
    first.changes().forEach(change -> changes.put(change.path(), change));
    last.changes().forEach(change -> changes.put(change.path(), change));
    return new Reload.Applied<>(
        last.trigger(),
        new ArrayList<>(changes.values()),
        first.previous(),
        last.snapshot(),
        last.diagnostics(),
        last.timings());
  }

  private void run() {
    while (true) {
      Reload<T> outcome;
      lock.lock();
      try {
        outcome = closed ? null : queue.poll();
        if (outcome == null) {
          teller = null;
          rest.signalAll();
          return;
        }
      } finally {
        lock.unlock();
      }
      for (Entry<T> entry : listeners) {
        if (entry.open && !closed) {
          call(entry, outcome);
        }
      }
    }
  }

  private void call(Entry<T> entry, Reload<T> outcome) {
    try {
      entry.listener.accept(outcome);
    } catch (Throwable e) {
      failures.incrementAndGet();
      LOG.log(
          Logger.Level.ERROR,
          "a listener of " + name + " failed; it and the others are still told of what follows",
          e);
    }
  }

  /// Ends the telling, and waits for a listener that is being called, unless it is the one that
  /// closes.
  void close() {
    long nanos = CLOSE_LIMIT.toNanos();
    boolean interrupted = false;
    lock.lock();
    try {
      closed = true;
      queue.clear();
      while (teller != null && !teller.equals(Thread.currentThread()) && nanos > 0) {
        try {
          nanos = rest.awaitNanos(nanos);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
