package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import dev.pirn.live.Snapshot;
import dev.pirn.registry.AgentRegistry;
import dev.pirn.registry.Registry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what happens to a registry into the log, from when it is in force until another is.
///
/// What the log says is complete: whoever applies the ids of all of it to what was in force before
/// has what is in force after it, also when one registry takes another's place.
final class RegistryReporter {
  private final Path file;
  private final Registry registry;
  private final Views views;
  private final EventLog log;
  private final ReloadListener listener;

  /// Null while it is not in force.
  @GuardedBy("this")
  private @Nullable OpenRegistry active;

  /// What the log says is in force.
  @GuardedBy("this")
  private Snapshot<AgentRegistry> told;

  RegistryReporter(Registry registry, Views views, EventLog log, ReloadListener listener) {
    this.file = registry.file();
    this.registry = registry;
    this.views = views;
    this.log = log;
    this.listener = listener;
    this.told = registry.live().snapshot();
    registry.live().onReload(this::reloaded);
  }

  /// Begins, in the place of the one before.
  ///
  /// @param before what the log says is in force, or null if it says nothing yet
  synchronized void start(OpenRegistry opened, @Nullable AgentRegistry before) {
    active = opened;
    told = registry.live().snapshot();
    if (before != null && !before.equals(told.value())) {
      append(opened, before, "config", null, List.of());
    }
  }

  /// Ends.
  ///
  /// @return what the log says is in force
  synchronized AgentRegistry stop() {
    active = null;
    return told.value();
  }

  private void reloaded(Reload<AgentRegistry> reload) {
    synchronized (this) {
      OpenRegistry opened = active;
      if (opened == null) {
        return;
      }
      String trigger = Views.word(reload.trigger());
      Double lag = Views.milliseconds(reload.timings().lag());
      switch (reload) {
        case Reload.Applied<AgentRegistry> applied -> {
          // What is older than what was in force when this began has been told.
          if (applied.snapshot().generation() > told.generation()) {
            AgentRegistry before = told.value();
            told = applied.snapshot();
            append(opened, before, trigger, lag, applied.diagnostics());
          }
        }
        case Reload.Rejected<AgentRegistry> rejected ->
            log.append(
                "registry.rejected",
                "registry",
                event(opened, told.value(), trigger, lag)
                    .put("diagnostics", views.diagnostics(rejected.diagnostics())));
        case Reload.Unchanged<AgentRegistry> _ -> {}
      }
    }
    listener.reloaded("registry", reload);
  }

  @GuardedBy("this")
  private void append(
      OpenRegistry opened,
      AgentRegistry before,
      String trigger,
      @Nullable Double lag,
      List<Diagnostic> diagnostics) {
    JsonObject json = event(opened, before, trigger, lag);
    if (!diagnostics.isEmpty()) {
      json.put("diagnostics", views.diagnostics(diagnostics));
    }
    log.append("registry.reloaded", "registry", json);
  }

  /// @param before what was in force before what is told now
  @GuardedBy("this")
  private JsonObject event(
      OpenRegistry opened, AgentRegistry before, String trigger, @Nullable Double lag) {
    AgentRegistry after = told.value();
    AgentRegistry.Difference difference = after.since(before);
    return new JsonObject()
        .put("name", "registry")
        .put("file", views.file(file))
        .put("generation", opened.generationsBefore() + told.generation())
        .put("trigger", trigger)
        .put("lag_ms", lag)
        .put("agentsCount", after.size())
        .put("previousCount", before.size())
        .put("added", new JsonArray(difference.added()))
        .put("changed", new JsonArray(difference.changed()))
        .put("removed", new JsonArray(difference.removed()));
  }
}
