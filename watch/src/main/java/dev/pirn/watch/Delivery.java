package dev.pirn.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hands changes to one listener on a thread of its own. While the listener is busy, what comes in
/// is merged, one entry a path, so that it is bounded by the number of files and nothing is lost.
final class Delivery {
  private static final Logger LOG = System.getLogger("dev.pirn.watch");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition rest = lock.newCondition();
  private final ChangeListener listener;
  private final Supplier<WatchState> state;
  private final Thread thread;

  @GuardedBy("lock")
  private Map<Path, Change> waiting = new LinkedHashMap<>();

  @GuardedBy("lock")
  private boolean stateChanged;

  @GuardedBy("lock")
  private boolean busy;

  @GuardedBy("lock")
  private boolean closed;

  private volatile @Nullable Throwable failure;

  Delivery(String name, ChangeListener listener, Supplier<WatchState> state) {
    this.listener = listener;
    this.state = state;
    this.thread = Thread.ofPlatform().daemon().name("pirn-watch-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void offer(List<Change> changes, boolean withState) {
    lock.lock();
    try {
      if (!closed) {
        changes.forEach(this::merge);
        stateChanged |= withState;
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void merge(Change later) {
    Change earlier = waiting.remove(later.path());
    Change net = earlier == null ? later : net(earlier, later);
    if (net != null) {
      waiting.put(net.path(), net);
    }
  }

  private static @Nullable Change net(Change earlier, Change later) {
    boolean before = earlier.kind() != Change.Kind.CREATED;
    boolean after = later.kind() != Change.Kind.DELETED;
    if (!before && !after) {
      return null;
    }
    Change.Kind kind =
        !before ? Change.Kind.CREATED : after ? Change.Kind.MODIFIED : Change.Kind.DELETED;
    Path from = later.from() == null && !before ? earlier.from() : later.from();
    return new Change(kind, later.path(), kind == Change.Kind.CREATED ? from : null, later.stamp());
  }

  /// Whether something newer about a path waits to be handed over.
  boolean waits(Path path) {
    lock.lock();
    try {
      return waiting.containsKey(path);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until everything offered so far has been handled; from inside the listener, until
  /// nothing else waits.
  boolean awaitRest(Duration limit) throws InterruptedException {
    boolean inside = thread.equals(Thread.currentThread());
    long nanos = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && (!waiting.isEmpty() || busy) && !inside) {
        if (nanos <= 0) {
          return false;
        }
        nanos = rest.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }

  private void run() {
    while (true) {
      List<Change> changes;
      boolean newState;
      lock.lock();
      try {
        busy = false;
        rest.signalAll();
        while (!closed && waiting.isEmpty() && !stateChanged) {
          work.awaitUninterruptibly();
        }
        if (closed) {
          return;
        }
        busy = true;
        changes = List.copyOf(waiting.values());
        waiting = new LinkedHashMap<>();
        newState = stateChanged;
        stateChanged = false;
      } finally {
        lock.unlock();
      }
      if (!changes.isEmpty()) {
        guarded(() -> listener.onChange(new ChangeSet(changes)));
      }
      if (newState) {
        guarded(() -> listener.onState(state.get()));
      }
    }
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      failure = e;
      LOG.log(Logger.Level.ERROR, "a change listener failed; further changes are still told", e);
    }
  }

  /// Ends the thread, and waits for a listener that is being called, unless it is the one that
  /// closes.
  void close(Duration limit) {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      work.signalAll();
      rest.signalAll();
    } finally {
      lock.unlock();
    }
    if (!thread.equals(Thread.currentThread()) && thread.getState() != Thread.State.NEW) {
      try {
        thread.join(TimeUnit.NANOSECONDS.toMillis(limit.toNanos()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
