package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import dev.pirn.live.Snapshot;
import dev.pirn.patterns.LoadedPattern;
import dev.pirn.patterns.PatternEvent;
import dev.pirn.patterns.PatternLibrary;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes what happens to a library into the log, from when it is in force until another is.
///
/// What the log says of patterns is complete: whoever applies all of it to what was in force before
/// has what is in force after it, also when one library takes another's place.
final class LibraryReporter {
  private final Library library;
  private final Views views;
  private final EventLog log;
  private final ReloadListener listener;

  /// Whether the library is in force.
  @GuardedBy("this")
  private boolean active;

  /// What the log says is in force.
  @GuardedBy("this")
  private @Nullable Snapshot<PatternLibrary> told;

  /// The reload whose events come next. Only the thread that tells listeners uses it.
  private @Nullable Reload<PatternLibrary> reload;

  LibraryReporter(Library library, Views views, EventLog log, ReloadListener listener) {
    this.library = library;
    this.views = views;
    this.log = log;
    this.listener = listener;
    // Listeners are called in the order in which they were added, all of them for one reload before
    // the first for the next.
    library.patterns().live().onReload(this::begin);
    library.patterns().onEvent(this::tell);
  }

  private void begin(Reload<PatternLibrary> next) {
    reload = next;
    listener.reloaded("patterns", next);
    synchronized (this) {
      if (active && next instanceof Reload.Applied<PatternLibrary> && isNew(next.snapshot())) {
        told = next.snapshot();
      } else {
        // Its events are older than what was in force when this began.
        reload = next instanceof Reload.Rejected<PatternLibrary> ? next : null;
      }
    }
  }

  @GuardedBy("this")
  private boolean isNew(Snapshot<PatternLibrary> snapshot) {
    return told == null || snapshot.generation() > told.generation();
  }

  private synchronized void tell(PatternEvent event) {
    Reload<PatternLibrary> of = reload;
    if (active && of != null) {
      Double lag = Views.milliseconds(of.timings().lag());
      append(event, Views.word(of.trigger()), lag);
    }
  }

  /// Begins, in the place of the one before.
  ///
  /// @param before what the log says is in force, or null if it says nothing yet
  void start(@Nullable PatternLibrary before) {
    synchronized (this) {
      active = true;
      Snapshot<PatternLibrary> now = library.patterns().live().snapshot();
      told = now;
      if (before != null) {
        difference(before, now).forEach(event -> append(event, "config", null));
      }
    }
  }

  /// Ends.
  ///
  /// @return what the log says is in force
  synchronized @Nullable PatternLibrary stop() {
    active = false;
    return told == null ? null : told.value();
  }

  private void append(PatternEvent event, String trigger, @Nullable Double lag) {
    JsonObject json =
        new JsonObject()
            .put("name", event.name())
            .put("category", event.category())
            .put("file", views.file(event.file()))
            .put("generation", library.generationsBefore() + event.generation())
            .put("trigger", trigger);
    if (event.from() != null) {
      json.put("from", views.file(event.from()));
    }
    if (event.type() == PatternEvent.Type.VALIDATION_FAILED) {
      json.put("diagnostics", views.diagnostics(event.diagnostics()));
    }
    if (lag != null) {
      json.put("lag_ms", lag);
    }
    log.append("pattern." + event.type(), "patterns", json);
  }

  /// What became of each pattern when another library took the place of this one: deleted, created,
  /// modified, each by name.
  private static List<PatternEvent> difference(
      PatternLibrary before, Snapshot<PatternLibrary> now) {
    List<PatternEvent> deleted = new ArrayList<>();
    List<PatternEvent> created = new ArrayList<>();
    List<PatternEvent> modified = new ArrayList<>();
    for (LoadedPattern old : before.list()) {
      Optional<LoadedPattern> same = now.value().get(old.name());
      if (same.isEmpty() || !same.get().file().equals(old.file())) {
        deleted.add(event(PatternEvent.Type.DELETE, old, now));
      } else if (!same.get().digest().equals(old.digest())) {
        modified.add(event(PatternEvent.Type.MODIFY, same.get(), now));
      }
    }
    for (LoadedPattern loaded : now.value().list()) {
      Optional<LoadedPattern> same = before.get(loaded.name());
      if (same.isEmpty() || !same.get().file().equals(loaded.file())) {
        created.add(event(PatternEvent.Type.CREATE, loaded, now));
      }
    }
    List<PatternEvent> all = new ArrayList<>(deleted);
    all.addAll(created);
    all.addAll(modified);
    return all;
  }

  private static PatternEvent event(
      PatternEvent.Type type, LoadedPattern loaded, Snapshot<PatternLibrary> now) {
    return new PatternEvent(
        type,
        loaded.name(),
        loaded.pattern().category(),
        loaded.file(),
        null,
        now.generation(),
        List.<Diagnostic>of());
  }
}
