package dev.pirn.watch;

/// Time that stands still unless it is moved.
final class SimulatedClock implements Clock {
  private static final long START = 1_800_000_000_000_000_000L;

  private final long tick;
  private long nanos = 1;

  /// @param tick how fine files are stamped, in nanoseconds
  SimulatedClock(long tick) {
    this.tick = tick;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long wallNanos() {
    return START + nanos;
  }

  /// The time as the file system writes it into files.
  long stamp() {
    return wallNanos() - wallNanos() % tick;
  }

  void advance(long by) {
    nanos += by;
  }
}
