package dev.pirn.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How long this process has been running, the start of the JVM included, but not what its launcher
/// did before: a first start builds Pirn.
final class Uptime {
  /// Linux gives the start of a process in these parts of a second.
  private static final long TICKS = 100;

  /// Where the start stands among the fields after the process's name.
  private static final int START_FIELD = 19;

  private Uptime() {}

  static Duration now() {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"));
      String begun = System.getProperty("pirn.begun");
      return begun == null
          ? linux(Files.readString(Path.of("/proc/self/stat")), uptime)
          : Duration.ofMillis(millis(uptime) - millis(begun));
    } catch (IOException | RuntimeException e) {
      // Another system; this takes longer to load.
      return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
  }

  /// From what the kernel says of the process and of itself.
  static Duration linux(String stat, String uptime) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long start = Long.parseLong(fields[START_FIELD]) * 1_000 / TICKS;
    long age = millis(uptime) - start;
    if (age < 0) {
      throw new IllegalArgumentException("started in the future");
    }
    return Duration.ofMillis(age);
  }

  /// What the kernel says of its own age, which the launcher passes on as it is.
  private static long millis(String uptime) {
    return Math.round(Double.parseDouble(uptime.split(" ", 2)[0]) * 1_000);
  }
}
