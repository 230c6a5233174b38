package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Reload;
import dev.pirn.live.Snapshot;
import dev.pirn.settings.SettingChange;
import dev.pirn.settings.Values;
import dev.pirn.watch.Change;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes what happens to settings into the log, from when they are in force until others are.
///
/// What the log says of settings is complete: whoever applies all of it to what was in force before
/// has what is in force after it, also when other settings take the place of these.
final class SettingsReporter {
  private final OpenSettings settings;
  private final Views views;
  private final EventLog log;
  private final ReloadListener listener;
  private final Consumer<List<String>> changedKeys;

  /// Whether the settings are in force.
  @GuardedBy("this")
  private boolean active;

  /// What the log says is in force.
  @GuardedBy("this")
  private Snapshot<Values> told;

  /// @param changedKeys is told the keys of each change that the log tells
  SettingsReporter(
      OpenSettings settings,
      Views views,
      EventLog log,
      ReloadListener listener,
      Consumer<List<String>> changedKeys) {
    this.settings = settings;
    this.views = views.after(settings.generationsBefore());
    this.log = log;
    this.listener = listener;
    this.changedKeys = changedKeys;
    this.told = settings.settings().live().snapshot();
  }

  /// Begins, in the place of the one before.
  ///
  /// @param before what the log says is in force, or null if it says nothing yet
  void start(@Nullable Values before) {
    synchronized (this) {
      active = true;
      told = settings.settings().live().snapshot();
      if (before != null) {
        changed(SettingChange.between(before, told.value()), told, "config", null, List.of());
      }
    }
    settings.settings().live().onReload(this::reloaded);
  }

  /// Ends.
  ///
  /// @return what the log says is in force
  synchronized Values stop() {
    active = false;
    notifyAll();
    return told.value();
  }

  /// Waits until the log tells of a generation, so that who has changed something finds it there.
  ///
  /// @param generation as the settings count
  void awaitTold(long generation, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (this) {
      try {
        long left = limit.toMillis();
        while (active && told.generation() < generation && left > 0) {
          wait(left);
          left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void reloaded(Reload<Values> outcome) {
    listener.reloaded("settings", outcome);
    synchronized (this) {
      if (active) {
        tell(outcome);
        notifyAll();
      }
    }
  }

  @GuardedBy("this")
  private void tell(Reload<Values> outcome) {
    List<Change> files = List.copyOf(outcome.changes());
    Duration lag = outcome.timings().lag();
    Snapshot<Values> now = outcome.snapshot();
    switch (outcome) {
      case Reload.Applied<Values> _ -> {
        // Otherwise it came before these were put in force, and is told already.
        if (now.generation() > told.generation()) {
          List<SettingChange> changes = SettingChange.between(told.value(), now.value());
          told = now;
          changed(changes, now, Views.word(outcome.trigger()), lag, files);
        }
      }
      case Reload.Rejected<Values> rejected ->
          log.append(
              "settings.rejected",
              "settings",
              event(now, Views.word(outcome.trigger()), lag, files)
                  .put("diagnostics", views.diagnostics(rejected.diagnostics())));
      case Reload.Unchanged<Values> _ -> {}
    }
  }

  private void changed(
      List<SettingChange> changes,
      Snapshot<Values> now,
      String trigger,
      @Nullable Duration lag,
      List<Change> files) {
    if (!changes.isEmpty()) {
      log.append(
          "settings.changed",
          "settings",
          event(now, trigger, lag, files)
              .put("changed", Views.array(changes, SettingChange::key))
              .put("changes", SettingsViews.changes(changes)));
      changedKeys.accept(changes.stream().map(SettingChange::key).toList());
    }
  }

  private JsonObject event(
      Snapshot<Values> now, String trigger, @Nullable Duration lag, List<Change> files) {
    JsonObject json =
        new JsonObject()
            .put("name", "settings")
            .put("file", files.isEmpty() ? null : views.file(files.getFirst().path()))
            .put("generation", views.generation(now.generation()))
            .put("trigger", trigger);
    return lag == null ? json : json.put("lag_ms", Views.milliseconds(lag));
  }
}
