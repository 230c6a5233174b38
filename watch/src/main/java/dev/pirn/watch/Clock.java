package dev.pirn.watch;

/// Time as the engine sees it, so that a test can run it.
interface Clock {
  /// The system's own clocks.
  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long wallNanos() {
          java.time.Instant now = java.time.Instant.now();
          return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        }
      };

  /// A clock for intervals, in nanoseconds.
  long nanos();

  /// The time that files are stamped with, in nanoseconds since 1970.
  long wallNanos();
}
