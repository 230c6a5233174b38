package dev.pirn.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// How small things are written for people.
final class Text {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Text() {}

  /// The time of the day here, from an ISO 8601 time.
  static String clock(String instant) {
    return CLOCK.format(Instant.parse(instant).atZone(ZoneId.systemDefault()));
  }

  /// The day and the time here, from an ISO 8601 time.
  static String day(String instant) {
    return DAY.format(Instant.parse(instant).atZone(ZoneId.systemDefault()));
  }

  /// `1 file`, `2 files`.
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /// Text in which control characters are shown as escapes, so that the name of a file cannot forge
  /// lines of the output or steer a terminal.
  static String visible(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (c == '\n') {
            shown.append("\\n");
          } else if (Character.isISOControl(c)) {
            shown.append("\\u%04x".formatted(c));
          } else {
            shown.appendCodePoint(c);
          }
        });
    return shown.toString();
  }
}
