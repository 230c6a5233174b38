package dev.pirn.server;

import java.util.ArrayList;
import java.util.List;

/// Reads the log from a position on, for one who wants some of its events. Not for several threads.
///
/// Where events that the reader has not seen are no longer kept, it gets an event `resync` in their
/// place, whatever types it asked for.
final class EventReader {
  private static final int BATCH = 100;

  private final EventLog log;
  private final EventFilter filter;
  private long after;
  private boolean foreign;

  EventReader(EventLog log, EventFilter filter, Position from) {
    this.log = log;
    this.filter = filter;
    Long given = from.after();
    this.after = given == null ? log.last() : given;
    this.foreign = given != null && !from.isOf(log);
  }

  /// Whether it has come to an event.
  boolean isPast(long seq) {
    return after >= seq;
  }

  /// The next events, at most a hundred. Empty only if there are none for now.
  List<EventLog.Entry> next() {
    List<EventLog.Entry> found = new ArrayList<>();
    while (found.isEmpty()) {
      EventLog.Batch batch = log.read(foreign ? Long.MAX_VALUE : after, BATCH);
      if (batch.missed()) {
        long next = batch.next() - batch.entries().size() + 1;
        found.add(log.resync(after, next));
      }
      foreign = false;
      after = batch.next();
      batch.entries().stream().filter(filter::matches).forEach(found::add);
      if (batch.entries().isEmpty()) {
        break;
      }
    }
    return found;
  }
}
