package dev.pirn.registry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last events of a registry, without those beyond a bound.
final class EventHistory {
  private final int keep;

  @GuardedBy("this")
  private final Deque<ReloadEvent> events = new ArrayDeque<>();

  EventHistory(int keep) {
    this.keep = keep;
  }

  synchronized void add(ReloadEvent event) {
    events.addFirst(event);
    if (events.size() > keep) {
      events.removeLast();
    }
  }

  synchronized List<ReloadEvent> newestFirst() {
    return List.copyOf(events);
  }
}
