package dev.pirn.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Hands changes to one listener on a thread of its own. While the listener is busy, what comes in
/// is merged, one entry a path, so that it is bounded by the number of files and nothing is lost.
final class Delivery {
  private static final Logger LOG = System.getLogger("dev.pirn.watch");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition rest = lock.newCondition();
  private final ChangeListener listener;
  private final Thread thread;

  @GuardedBy("lock")
  private Map<Path, Change> waiting = new LinkedHashMap<>();

  @GuardedBy("lock")
  private @Nullable WatchState state;

  @GuardedBy("lock")
  private boolean busy;

  /// The paths of what is being handed over.
  @GuardedBy("lock")
  private Set<Path> inHand = Set.of();

  @GuardedBy("lock")
  private boolean closed;

  private volatile @Nullable Throwable failure;

  Delivery(ChangeListener listener, ThreadFactory threads) {
    this.listener = listener;
    this.thread = threads.newThread(this::run);
  }

  /// On a platform thread called `pirn-watch-NAME`.
  static Delivery named(String name, ChangeListener listener) {
    return new Delivery(
        listener, Thread.ofPlatform().daemon().name("pirn-watch-" + name)::unstarted);
  }

  void start() {
    thread.start();
  }

  /// @param changes what settled
  /// @param newState the state of the watch if it has changed, else null
  void offer(List<Change> changes, @Nullable WatchState newState) {
    lock.lock();
    try {
      if (!closed) {
        changes.forEach(this::merge);
        state = newState == null ? state : newState;
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
    if (net == null && inHand.contains(later.path())) {
      // The listener may just be reading what has come and gone.
      net = later;
    }
    if (net != null) {
      waiting.put(net.path(), net);
    }
  }

  /// What two changes of a path come to; null when nothing has changed in the end.
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
  ///
  /// @return whether it has; false when the time was over or the delivery closed before
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
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }

  private void run() {
    while (awaitWork()) {
      handOver();
    }
  }

  private boolean awaitWork() {
    lock.lock();
    try {
      while (!closed && waiting.isEmpty() && state == null) {
        // What was waiting may have cancelled itself out.
        rest.signalAll();
        work.awaitUninterruptibly();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /// Hands over what waits now.
  void handOver() {
    List<Change> changes;
    WatchState newState;
    lock.lock();
    try {
      changes = List.copyOf(waiting.values());
      inHand = waiting.keySet();
      newState = state;
      waiting = new LinkedHashMap<>();
      state = null;
      busy = true;
    } finally {
      lock.unlock();
    }
    if (!changes.isEmpty()) {
      guarded(() -> listener.onChange(new ChangeSet(changes)));
    }
    if (newState != null && !closed()) {
      guarded(() -> listener.onState(newState));
    }
    lock.lock();
    try {
      busy = false;
      inHand = Set.of();
      rest.signalAll();
    } finally {
      lock.unlock();
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

  private boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Lets nothing more be handed over, without waiting for what is being handed over now.
  void end() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      work.signalAll();
      rest.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the thread, and waits for a listener that is being called, unless it is the one that
  /// closes.
  void close(Duration limit) {
    end();
    if (!thread.equals(Thread.currentThread()) && thread.getState() != Thread.State.NEW) {
      try {
        thread.join(TimeUnit.NANOSECONDS.toMillis(limit.toNanos()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
