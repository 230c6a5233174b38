package dev.pirn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// What of a core a process takes, as the kernel counts it.
final class CpuTime {
  private static final Path PROC = Path.of("/proc");

  /// In what the kernel counts time for `/proc`: USER_HZ, 100 on all that Java runs on.
  private static final double TICKS = 100;

  private CpuTime() {}

  static boolean counted() {
    return Files.exists(PROC.resolve("self/stat"));
  }

  /// Percent of a core in the next seconds.
  static double percent(long process, int seconds) throws IOException {
    long ticks = ticks(process);
    long begin = System.nanoTime();
    LockSupport.parkNanos(seconds * 1_000_000_000L);
    return (ticks(process) - ticks) / TICKS / ((System.nanoTime() - begin) / 1e9) * 100;
  }

  /// The processor time of a process so far: the 14th and 15th field; the name of the program, the
  /// second, may have spaces in it.
  private static long ticks(long process) throws IOException {
    String stat = Files.readString(PROC.resolve(process + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }
}
