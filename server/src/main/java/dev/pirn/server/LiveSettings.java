package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.settings.Values;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// The settings in force, which others can replace while they are used.
///
/// The others are opened and whole before they take the place. Generations are counted on, and the
/// log tells what the change did to each key.
final class LiveSettings implements AutoCloseable {
  private static final Duration TOLD_LIMIT = Duration.ofSeconds(5);

  private final Views views;
  private final EventLog log;
  private final ReloadListener listener;
  private final List<Consumer<List<String>>> changed = new CopyOnWriteArrayList<>();

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
    this.reporter = new SettingsReporter(first, views, log, listener, this::changed);
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

  /// Calls something with the keys of each change, when the log tells of it. It must not wait, nor
  /// use the settings before it returns.
  void onChange(Consumer<List<String>> listener) {
    changed.add(listener);
  }

  private void changed(List<String> keys) {
    changed.forEach(it -> it.accept(keys));
  }

  /// What is in force, secrets included: for programs that are given it, not to be shown.
  Map<String, String> plain() {
    return use((it, _) -> {
      Map<String, String> plain = new HashMap<>();
      it.settings().values().all().forEach(setting -> plain.put(setting.key(), setting.value()));
      return plain;
    });
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
      SettingsReporter nextReporter =
          new SettingsReporter(counted, views, log, listener, this::changed);
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
