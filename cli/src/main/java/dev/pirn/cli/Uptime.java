package dev.pirn.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How long this process has been running, the start of the JVM included.
final class Uptime {
  /// Linux gives the start of a process in these parts of a second.
  private static final long TICKS = 100;

  /// Where the start stands among the fields after the process's name.
  private static final int START_FIELD = 19;

  private Uptime() {}

  static Duration now() {
    try {
      return linux(
          Files.readString(Path.of("/proc/self/stat")), Files.readString(Path.of("/proc/uptime")));
    } catch (IOException | RuntimeException e) {
      // Another system; this takes longer to load.
      return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
  }

  /// From what the kernel says of the process and of itself.
  static Duration linux(String stat, String uptime) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long start = Long.parseLong(fields[START_FIELD]) * 1_000 / TICKS;
    double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
    long age = Math.round(seconds * 1_000) - start;
    if (age < 0) {
      throw new IllegalArgumentException("started in the future");
    }
    return Duration.ofMillis(age);
  }
}
