package dev.pirn.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// From where somebody wants to read the events.
///
/// @param after the number of the last event that the reader has; null for only what is to come
/// @param boot the log that the number is of, or null if it did not say
record Position(@Nullable Long after, @Nullable String boot) {
  /// What an event's number is called in a stream that can be interrupted: the log and the number.
  private static final Pattern ID = Pattern.compile("(?:([0-9a-f]{16}):)?([0-9]{1,18})");

  static final Position NOW = new Position(null, null);

  /// From what a client sends: `?since=`, which may name the log too, `?boot=`, or what it received
  /// last.
  ///
  /// @throws Refused if it is not a position
  static Position of(@Nullable String since, @Nullable String boot, @Nullable String lastEventId) {
    String given = lastEventId == null ? since : lastEventId;
    if (given == null) {
      return NOW;
    }
    Matcher matcher = ID.matcher(given);
    if (!matcher.matches()) {
      throw Call.bad(
          lastEventId == null ? "since" : "Last-Event-ID", "the number of an event", given);
    }
    String log = matcher.group(1) == null ? boot : matcher.group(1);
    return new Position(Long.valueOf(matcher.group(2)), log);
  }

  static String id(EventLog log, EventLog.Entry entry) {
    return log.boot() + ":" + entry.seq();
  }

  /// Whether it is a number of another log, and means nothing in this one.
  boolean isOf(EventLog log) {
    return boot == null || boot.equals(log.boot());
  }
}
