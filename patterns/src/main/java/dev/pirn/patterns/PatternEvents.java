package dev.pirn.patterns;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.live.Reload;
import dev.pirn.watch.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Tells what a reload did to each pattern.
///
/// The libraries before and after are compared by name, so that whatever the reason (an edit, a
/// name that changed inside a file, a file that gave a name free, a rollback) the events say what
/// became of each pattern. A pattern that comes from another file than before is deleted and
/// created.
final class PatternEvents {
  private static final Comparator<PatternEvent> ORDER =
      Comparator.comparing(PatternEvent::type)
          .thenComparing(PatternEvent::name)
          .thenComparing(event -> event.file().toString());

  private final List<PatternEvent> events = new ArrayList<>();
  private final Map<Path, Path> renamed = new HashMap<>();
  private final long generation;

  private PatternEvents(long generation) {
    this.generation = generation;
  }

  /// The events of a reload: what was deleted, created, modified, and what failed, each by name.
  /// Opening a library is no event.
  static List<PatternEvent> of(Reload<PatternLibrary> reload) {
    PatternEvents events = new PatternEvents(reload.snapshot().generation());
    switch (reload) {
      case Reload.Applied<PatternLibrary> applied -> events.applied(applied);
      case Reload.Unchanged<PatternLibrary> _ -> {}
      case Reload.Rejected<PatternLibrary> rejected ->
          events.failed(rejected.diagnostics(), rejected.snapshot().value());
    }
    events.events.sort(ORDER);
    return List.copyOf(events.events);
  }

  private void applied(Reload.Applied<PatternLibrary> applied) {
    PatternLibrary before = applied.before();
    if (before == null) {
      return;
    }
    for (Change change : applied.changes()) {
      Path from = change.from();
      if (from != null) {
        renamed.put(change.path(), from);
      }
    }
    PatternLibrary after = applied.after();
    for (LoadedPattern old : before.list()) {
      Optional<LoadedPattern> now = after.get(old.name());
      if (now.isEmpty() || isElsewhere(old, now.get())) {
        add(PatternEvent.Type.DELETE, old, null);
      } else if (isChanged(old, now.get())) {
        add(PatternEvent.Type.MODIFY, now.get(), null);
      }
    }
    for (LoadedPattern now : after.list()) {
      Optional<LoadedPattern> old = before.get(now.name());
      if (old.isEmpty() || isElsewhere(old.get(), now)) {
        add(PatternEvent.Type.CREATE, now, renamed.get(now.file()));
      }
    }
    collided(before, after);
    failed(applied.diagnostics(), before);
  }

  private static boolean isElsewhere(LoadedPattern old, LoadedPattern now) {
    return !old.file().equals(now.file());
  }

  /// A file that is a pattern is modified by any edit, an entry of a bundle by its own only.
  private static boolean isChanged(LoadedPattern old, LoadedPattern now) {
    boolean wholeFile = old.bundle() == null && now.bundle() == null;
    return wholeFile ? !old.digest().equals(now.digest()) : !old.pattern().equals(now.pattern());
  }

  /// Patterns that stand back behind another of their name, and did not before.
  private void collided(PatternLibrary before, PatternLibrary after) {
    Set<LoadedPattern> known = new HashSet<>();
    before.collisions().forEach(it -> known.add(it.hidden().loaded().generation(0)));
    for (Collision collision : after.collisions()) {
      LoadedPattern hidden = collision.hidden().loaded();
      if (collision.isError() && !known.contains(hidden.generation(0))) {
        failed(
            hidden.name(),
            hidden.pattern().category(),
            hidden.file(),
            List.of(collision.diagnostic()));
      }
    }
  }

  /// One event for each file with an error.
  private void failed(List<Diagnostic> diagnostics, PatternLibrary lastGood) {
    Map<Path, List<Diagnostic>> byFile = new TreeMap<>();
    for (Diagnostic diagnostic : diagnostics) {
      Place place = diagnostic.place();
      if (diagnostic.isError() && place != null) {
        byFile.computeIfAbsent(place.file(), _ -> new ArrayList<>()).add(diagnostic);
      }
    }
    byFile.forEach((file, errors) -> {
      FileLabel label = FileLabel.of(file, lastGood);
      failed(label.name(), label.category(), file, errors);
    });
  }

  private void failed(String name, String category, Path file, List<Diagnostic> errors) {
    events.add(
        new PatternEvent(
            PatternEvent.Type.VALIDATION_FAILED, name, category, file, null, generation, errors));
  }

  private void add(PatternEvent.Type type, LoadedPattern loaded, @Nullable Path from) {
    events.add(
        new PatternEvent(
            type,
            loaded.name(),
            loaded.pattern().category(),
            loaded.file(),
            from,
            generation,
            List.of()));
  }
}
