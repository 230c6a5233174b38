package dev.pirn.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Says what is being waited for, once it takes longer than a second.
///
/// **Life cycle.** From its making to [#close], which does not wait.
final class Progress implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final CountDownLatch done = new CountDownLatch(1);

  /// @param what what is being done, such as `reading patterns`
  Progress(Console console, String what) {
    Thread.ofVirtual().name("pirn-progress").start(() -> tell(console, what));
  }

  /// The same, but nothing unless a person sees it.
  static @Nullable Progress onTerminal(Console console, String what) {
    return console.errTerminal() ? new Progress(console, what) : null;
  }

  private void tell(Console console, String what) {
    Duration waited = Duration.ZERO;
    Duration pause = PATIENCE;
    try {
      while (!done.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        waited = waited.plus(pause);
        console.error("pirn: %s ... %d s\n".formatted(what, waited.toSeconds()));
        pause = pause.multipliedBy(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
  }
}
