package dev.pirn.agents.process;

/// How much a [LogFile] keeps.
///
/// @param mostBytes how large a file gets before the next one is begun
/// @param files how many there are, the one that is written included
public record LogFileOptions(long mostBytes, int files) {
  /// Five files of 10 MiB.
  public static final LogFileOptions DEFAULTS = new LogFileOptions(10L << 20, 5);

  /// Checks.
  public LogFileOptions {
    if (mostBytes < 1 || files < 1) {
      throw new IllegalArgumentException(
          "a log has room, was " + files + " files of " + mostBytes + " bytes");
    }
  }
}
