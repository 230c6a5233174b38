package dev.pirn.agents;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/// Decides what becomes of an agent that has ended by itself.
///
/// It is started again after a while, which doubles each time, so that a provider that is down is
/// not asked without end. When it has been started three times within 10 s without anybody having
/// asked for it, the circuit is open: nothing is started before somebody edits a file, restarts it,
/// or a minute has passed. One start is then tried; if that crashes soon, the circuit is open
/// again. Starts that a person caused are not counted.
///
/// Time is what the caller says, in nanoseconds of a clock that is never set. Not safe for use by
/// several threads.
final class CrashPolicy {
  static final int MOST_STARTS = 3;
  static final Duration WITHIN = Duration.ofSeconds(10);
  static final Duration OPEN_FOR = Duration.ofMinutes(1);
  static final Duration SHORTEST = Duration.ofMillis(250);
  static final Duration LONGEST = Duration.ofSeconds(30);

  /// Whoever has run for so long is well.
  static final Duration WELL_AFTER = Duration.ofSeconds(60);

  private static final double JITTER = 0.2;

  private final RandomGenerator random;
  private final Deque<Long> starts = new ArrayDeque<>();
  private int crashes;
  private boolean trying;

  CrashPolicy(RandomGenerator random) {
    this.random = random;
  }

  /// What to do.
  sealed interface Decision {
    /// Start it again after a while.
    record Again(Duration after) implements Decision {}

    /// Leave it, and try once more after a while if nobody does anything before.
    record Open(Duration tryAfter) implements Decision {}
  }

  /// A process was started by ourselves, or as the first one.
  void started(long now) {
    starts.addLast(now);
    while (starts.size() > MOST_STARTS) {
      starts.removeFirst();
    }
  }

  /// A person has edited a file or asked for a start: what happened before does not matter.
  void asked() {
    starts.clear();
    crashes = 0;
    trying = false;
  }

  /// The circuit was open for its time, and one start is tried.
  void trying() {
    starts.clear();
    trying = true;
  }

  /// A process has ended by itself.
  ///
  /// @param ran how long it had run
  Decision crashed(long now, Duration ran) {
    if (ran.compareTo(WELL_AFTER) >= 0) {
      asked();
    }
    boolean often = starts.size() >= MOST_STARTS && now - starts.getFirst() <= WITHIN.toNanos();
    if (often || trying) {
      trying = false;
      return new Decision.Open(OPEN_FOR);
    }
    long wait = SHORTEST.toMillis() << Math.min(crashes, 7);
    crashes++;
    double jittered =
        Math.min(wait, LONGEST.toMillis()) * (1 + JITTER * (2 * random.nextDouble() - 1));
    return new Decision.Again(Duration.ofMillis(Math.round(jittered)));
  }
}
