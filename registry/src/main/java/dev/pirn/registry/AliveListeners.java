package dev.pirn.registry;

import dev.pirn.live.Subscription;
import java.lang.System.Logger;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Tells listeners of events in the order in which they were added, one at a time and under no
/// lock.
final class AliveListeners {
  private static final Logger LOG = System.getLogger("dev.pirn.registry");

  private final List<Consumer<? super AliveEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Queue<AliveEvent> events = new ConcurrentLinkedQueue<>();

  /// How many want to tell. The first does, also what the others have added.
  private final AtomicInteger telling = new AtomicInteger();

  private volatile boolean closed;

  Subscription subscribe(Consumer<? super AliveEvent> listener) {
    // Told apart from another registration of the same listener.
    Consumer<AliveEvent> registered = listener::accept;
    listeners.add(registered);
    return () -> listeners.remove(registered);
  }

  /// Adds an event, under the lock that says what comes first.
  void add(AliveEvent event) {
    events.add(event);
  }

  /// Tells what was added, unless somebody else is at it, who will.
  void tell() {
    if (events.isEmpty() || telling.getAndIncrement() != 0) {
      return;
    }
    int wanted = 1;
    do {
      for (AliveEvent event = events.poll(); event != null; event = events.poll()) {
        tell(event);
      }
      wanted = telling.addAndGet(-wanted);
    } while (wanted != 0);
  }

  private void tell(AliveEvent event) {
    for (Consumer<? super AliveEvent> listener : listeners) {
      try {
        if (!closed) {
          listener.accept(event);
        }
      } catch (RuntimeException e) {
        LOG.log(Logger.Level.ERROR, "a listener failed with " + event, e);
      }
    }
  }

  void close() {
    closed = true;
  }
}
