package dev.pirn.agents;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Notices when an agent is restarted without end, mostly because it writes a file that it is
/// restarted for. From then on files must have been at rest before it is restarted, each time twice
/// as long: what was saved last is always taken up in the end, whoever has saved it.
///
/// Not safe for use by several threads, but for [#suspendedBy].
final class RestartLimit {
  static final Duration PERIOD = Duration.ofMinutes(1);
  static final Duration FIRST_REST = Duration.ofSeconds(5);
  static final Duration LONGEST_REST = Duration.ofMinutes(5);

  private final int most;
  private final Deque<Long> restarts = new ArrayDeque<>();
  private Duration rest = FIRST_REST;
  private volatile @Nullable String suspendedBy;

  /// @param most how many restarts a period may have; 0 for any number
  RestartLimit(int most) {
    this.most = most;
  }

  /// Files have changed.
  ///
  /// @return how long they must be at rest before the agent is restarted; zero for at once
  Duration edited(long now, Set<Path> files) {
    while (!restarts.isEmpty() && now - restarts.getFirst() > PERIOD.toNanos()) {
      restarts.removeFirst();
    }
    if (restarts.isEmpty()) {
      resume();
    }
    restarts.addLast(now);
    if (most == 0 || restarts.size() <= most) {
      return Duration.ZERO;
    }
    restarts.removeFirst();
    suspendedBy = files.stream().map(Path::toString).sorted().findFirst().orElse(null);
    Duration wait = rest;
    Duration twice = rest.multipliedBy(2);
    rest = twice.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : twice;
    return wait;
  }

  /// They were at rest for so long.
  void rested() {
    suspendedBy = null;
  }

  /// Somebody has looked after it.
  void resume() {
    restarts.clear();
    rest = FIRST_REST;
    suspendedBy = null;
  }

  /// The file because of which it is suspended; null if it is not.
  @Nullable String suspendedBy() {
    return suspendedBy;
  }
}
