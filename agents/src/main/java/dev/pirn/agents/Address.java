package dev.pirn.agents;

import dev.pirn.agents.front.FrontPort;
import dev.pirn.agents.front.FrontStatistics;
import dev.pirn.agents.front.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The address of an agent: not there before the first start, and then the same until the agent is
/// gone. What is asked of one that is not there does nothing.
///
/// **Threading.** [#url] and [#traffic] may be asked by any thread; the rest belongs to the owner.
final class Address {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private volatile @Nullable FrontPort front;

  boolean isOpen() {
    return front != null;
  }

  /// @throws dev.pirn.agents.front.FrontException if it cannot be had
  void open(Supplier<FrontPort> opening) {
    if (front == null) {
      front = opening.get();
    }
  }

  @Nullable String url() {
    FrontPort open = front;
    if (open == null) {
      return null;
    }
    String host = open.host();
    return "http://%s:%d".formatted(host.indexOf(':') < 0 ? host : "[" + host + "]", open.port());
  }

  AgentState.Traffic traffic() {
    FrontPort open = front;
    if (open == null) {
      return AgentState.Traffic.NONE;
    }
    FrontStatistics seen = open.statistics();
    return new AgentState.Traffic(
        seen.requests(), seen.failed(), seen.held(), seen.mostHeld(), seen.replayed());
  }

  /// Lets requests wait.
  void hold() {
    FrontPort open = front;
    if (open != null) {
      var _ = open.hold();
    }
  }

  void refuse(String reason) {
    FrontPort open = front;
    if (open != null) {
      var _ = open.refuse(reason, RETRY);
    }
  }

  /// Sends requests to a process.
  ///
  /// @return completed when it is so
  CompletionStage<Void> forwardTo(Generation generation) {
    FrontPort open = front;
    return open == null
        ? CompletableFuture.completedFuture(null)
        : open.forwardTo(new Target(generation.number(), generation.host(), generation.port()));
  }

  /// Waits until a process has answered what it has.
  ///
  /// @param streams how long streams may go on
  /// @param longest how long all may take
  /// @return how long it took
  CompletableFuture<Duration> drain(Generation generation, Duration streams, Duration longest) {
    long begin = System.nanoTime();
    FrontPort open = front;
    CompletableFuture<Void> drained =
        open == null
            ? CompletableFuture.completedFuture(null)
            : open.drain(generation.number(), streams).toCompletableFuture().copy();
    return drained
        .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
        .handle((_, _) -> Duration.ofNanos(System.nanoTime() - begin));
  }

  void close() {
    FrontPort open = front;
    front = null;
    if (open != null) {
      open.close();
    }
  }
}
