package dev.pirn.agents.front;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What is counted. Written by the front's event loop, read by any thread; figures that are read
/// together may be a moment apart.
final class Counters {
  final AtomicLong requests = new AtomicLong();
  final AtomicLong failed = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong cut = new AtomicLong();
  final AtomicLong left = new AtomicLong();
  final AtomicLong replayed = new AtomicLong();
  final AtomicLong bytesIn = new AtomicLong();
  final AtomicLong bytesOut = new AtomicLong();

  private final AtomicLong held = new AtomicLong();
  private final AtomicLong mostHeld = new AtomicLong();
  private final AtomicLong longestHold = new AtomicLong();
  private final Map<Long, Integer> inFlight = new ConcurrentHashMap<>();

  void held(int now) {
    held.set(now);
    if (now > mostHeld.get()) {
      mostHeld.set(now);
    }
  }

  void waited(long nanos) {
    if (nanos > longestHold.get()) {
      longestHold.set(nanos);
    }
  }

  void inFlight(long generation, int now) {
    if (now == 0) {
      inFlight.remove(generation);
    } else {
      inFlight.put(generation, now);
    }
  }

  FrontStatistics read() {
    return new FrontStatistics(
        requests.get(),
        failed.get(),
        refused.get(),
        cut.get(),
        left.get(),
        (int) held.get(),
        (int) mostHeld.get(),
        replayed.get(),
        Duration.ofNanos(longestHold.get()),
        inFlight,
        bytesIn.get(),
        bytesOut.get());
  }
}
