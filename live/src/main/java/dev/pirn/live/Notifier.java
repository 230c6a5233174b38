package dev.pirn.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls the listeners of one source, one call at a time, in the order of the outcomes, under no
/// lock. Its virtual thread exists only while there is something to tell.
final class Notifier<T> {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final String name;
  private final Journal journal;
  private final List<Entry<T>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong failures = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rest = lock.newCondition();

  @GuardedBy("lock")
  private final Backlog<T> backlog = new Backlog<>();

  @GuardedBy("lock")
  private long told;

  @GuardedBy("lock")
  private @Nullable Thread teller;

  /// INVARIANT: written under the lock. Read without it just before a call: whoever closes waits
  /// for the teller, so that a call which got past the reading has ended when `close` returns.
  private volatile boolean closed;

  private static final class Entry<T> implements Subscription {
    private final Consumer<? super Reload<T>> listener;
    private final Notifier<T> owner;
    private final long since;
    private volatile boolean open = true;

    private Entry(Consumer<? super Reload<T>> listener, Notifier<T> owner, long since) {
      this.listener = listener;
      this.owner = owner;
      this.since = since;
    }

    @Override
    public void close() {
      open = false;
      owner.listeners.remove(this);
    }
  }

  Notifier(String name, Journal journal) {
    this.name = name;
    this.journal = journal;
  }

  /// Adds one that is told of every outcome from now on, and of none that waits already.
  Subscription add(Consumer<? super Reload<T>> listener) {
    lock.lock();
    try {
      Entry<T> entry = new Entry<>(listener, this, told);
      if (!closed) {
        listeners.add(entry);
      }
      return entry;
    } finally {
      lock.unlock();
    }
  }

  long failures() {
    return failures.get();
  }

  void tell(Reload<T> outcome) {
    lock.lock();
    try {
      told++;
      if (closed || listeners.isEmpty()) {
        return;
      }
      backlog.add(told, outcome);
      if (teller == null) {
        teller = Thread.ofVirtual().name("pirn-tell-" + name).start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (Backlog.Entry<T> next = next(); next != null; next = next()) {
      for (Entry<T> entry : listeners) {
        if (entry.open && entry.since < next.number() && !closed) {
          call(entry, next.outcome());
        }
      }
    }
  }

  /// What is to be told now. If it is nothing, the thread that asks is the teller no more.
  private Backlog.@Nullable Entry<T> next() {
    lock.lock();
    try {
      Backlog.Entry<T> next = backlog.poll();
      if (next == null) {
        teller = null;
        rest.signalAll();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// Nothing that a listener throws or leaves behind may reach the next one.
  private void call(Entry<T> entry, Reload<T> outcome) {
    try {
      entry.listener.accept(outcome);
    } catch (Throwable e) {
      failures.incrementAndGet();
      journal.listenerFailed(e);
    } finally {
      // An interrupt was meant for that listener.
      boolean _ = Thread.interrupted();
    }
  }

  /// Begins no further call.
  void end() {
    lock.lock();
    try {
      closed = true;
      backlog.clear();
      listeners.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Begins no further call, and waits for the one that is under way, unless its listener is the
  /// one that closes.
  void close() {
    end();
    long nanos = CLOSE_LIMIT.toNanos();
    boolean interrupted = false;
    lock.lock();
    try {
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
