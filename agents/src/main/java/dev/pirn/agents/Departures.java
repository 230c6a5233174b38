package dev.pirn.agents;

import dev.pirn.agents.process.Stopped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/// The processes of an agent that have to go. Belongs to the owner.
final class Departures {
  private CompletableFuture<Void> all = CompletableFuture.completedFuture(null);

  /// Completed when none is left of those that had to go until now.
  CompletableFuture<Void> all() {
    return all;
  }

  /// Ends one that answers nothing.
  void end(Generation it, Duration grace) {
    leaves(it.process().stop(grace).thenRun(() -> discardClasses(it)));
  }

  /// Ends one when it has answered what it has.
  ///
  /// @param drained completed then, by how long it took
  /// @param then is told when it is gone
  void end(
      Generation it,
      Duration grace,
      CompletableFuture<Duration> drained,
      BiConsumer<Duration, Stopped> then) {
    leaves(
        drained.thenCompose(took ->
            it.process()
                .stop(grace)
                .thenAccept(stopped -> {
                  discardClasses(it);
                  then.accept(took, stopped);
                })));
  }

  private void leaves(CompletionStage<Void> gone) {
    all = CompletableFuture.allOf(all, gone.handle((_, _) -> null).toCompletableFuture());
  }

  private static void discardClasses(Generation it) {
    Path classes = it.classes();
    if (classes != null) {
      Thread.ofVirtual().name("pirn-discard").start(() -> JavaBuild.discard(classes));
    }
  }
}
