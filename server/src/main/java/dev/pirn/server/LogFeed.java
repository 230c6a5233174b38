package dev.pirn.server;

import dev.pirn.agents.LogLine;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Takes each line that an agent prints to all who follow. Thread-safe.
final class LogFeed {
  private final List<Consumer<LogLine>> followers = new CopyOnWriteArrayList<>();

  /// Tells a follower of each line from now on.
  ///
  /// @param follower must return at once, as the agent waits for it; one that nobody else registers
  /// @return ends it
  Runnable follow(Consumer<LogLine> follower) {
    followers.add(follower);
    return () -> followers.remove(follower);
  }

  void line(LogLine line) {
    followers.forEach(follower -> follower.accept(line));
  }
}
