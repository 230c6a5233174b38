package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.settings.Values;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;

/// The settings in force, which others can replace while they are used.
///
/// The others are opened and whole before they take the place. Generations are counted on, and the
/// log tells what the change did to each key.
final class LiveSettings implements AutoCloseable {
  private static final Duration TOLD_LIMIT = Duration.ofSeconds(5);

  private final Views views;
  private final EventLog log;
  private final ReloadListener listener;

  /// Shared by users; exclusive while others take the place, which is an assignment.
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  @GuardedBy("use")
  private OpenSettings now;

  @GuardedBy("use")
  private SettingsReporter reporter;

  LiveSettings(OpenSettings first, Views views, EventLog log, ReloadListener listener) {
    this.views = views;
    this.log = log;
    this.listener = listener;
    this.now = first;
    this.reporter = new SettingsReporter(first, views, log, listener);
    this.reporter.start(null);
  }

  /// Does something with the settings in force, which are not replaced meanwhile.
  <R> R use(BiFunction<OpenSettings, Views, R> action) {
    use.readLock().lock();
    try {
      return action.apply(now, views.after(now.generationsBefore()));
    } finally {
      use.readLock().unlock();
    }
  }

  /// How the settings in force were opened.
  SettingsSpec spec() {
    return use((it, _) -> it.spec());
  }

  /// Waits until the log tells of a generation that somebody has put in force, some seconds at
  /// most. To be called from within a use.
  void awaitTold(long generation) {
    use.readLock().lock();
    try {
      reporter.awaitTold(generation, TOLD_LIMIT);
    } finally {
      use.readLock().unlock();
    }
  }

  /// Puts others in the place of these, which are closed.
  void replace(OpenSettings next) {
    OpenSettings before;
    use.writeLock().lock();
    try {
      before = now;
      OpenSettings counted = next.countedOnFrom(before);
      SettingsReporter nextReporter = new SettingsReporter(counted, views, log, listener);
      Values told = reporter.stop();
      now = counted;
      nextReporter.start(told);
      reporter = nextReporter;
    } finally {
      use.writeLock().unlock();
    }
    before.close();
  }

  @Override
  public void close() {
    use((it, _) -> {
      it.close();
      return true;
    });
  }
}
