package dev.pirn.live;

import dev.pirn.watch.Change;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The outcomes that wait to be told, in order. When there are too many they are merged: all that
/// published become one that spans them, and of the others only a last refusal is kept. Guarded by
/// its owner.
final class Backlog<T> {
  /// How many outcomes wait at most. Each holds on to a value.
  static final int LONGEST = 100;

  private final Deque<Entry<T>> entries = new ArrayDeque<>();

  /// An outcome with its number.
  record Entry<T>(long number, Reload<T> outcome) {}

  void add(long number, Reload<T> outcome) {
    if (entries.size() >= LONGEST) {
      merge();
    }
    entries.add(new Entry<>(number, outcome));
  }

  @Nullable Entry<T> poll() {
    return entries.poll();
  }

  void clear() {
    entries.clear();
  }

  private void merge() {
    Entry<T> published = null;
    Entry<T> refused = null;
    for (Entry<T> entry : entries) {
      switch (entry.outcome) {
        case Reload.Applied<T> applied -> {
          Reload<T> whole =
              published != null && published.outcome instanceof Reload.Applied<T> first
                  ? span(first, applied)
                  : applied;
          published = new Entry<>(entry.number, whole);
          refused = null;
        }
        case Reload.Rejected<T> _ -> refused = entry;
        case Reload.Unchanged<T> _ -> {}
      }
    }
    entries.clear();
    if (published != null) {
      entries.add(published);
    }
    if (refused != null) {
      entries.add(refused);
    }
  }

  private static <T> Reload.Applied<T> span(Reload.Applied<T> first, Reload.Applied<T> last) {
    return new Reload.Applied<>(
        last.trigger(),
        net(first.changes(), last.changes()),
        first.previous(),
        last.snapshot(),
        last.diagnostics(),
        last.timings());
  }

  /// What both come to, one entry a path. About all files when either is.
  private static List<Change> net(List<Change> first, List<Change> last) {
    if (first.isEmpty() || last.isEmpty()) {
      return List.of();
    }
    Map<Path, Change> net = new LinkedHashMap<>();
    first.forEach(change -> net.put(change.path(), change));
    for (Change change : last) {
      Change earlier = net.remove(change.path());
      Change both = earlier == null ? change : net(earlier, change);
      if (both != null) {
        net.put(both.path(), both);
      }
    }
    // Empty would mean all files, and so an undone change stands for itself.
    return net.isEmpty() ? last : new ArrayList<>(net.values());
  }

  private static @Nullable Change net(Change earlier, Change later) {
    boolean before = earlier.kind() != Change.Kind.CREATED;
    boolean after = later.kind() != Change.Kind.DELETED;
    if (!before && !after) {
      return null;
    }
    if (before && after) {
      return new Change(Change.Kind.MODIFIED, later.path(), null, later.stamp());
    }
    return before
        ? later
        : new Change(Change.Kind.CREATED, later.path(), earlier.from(), later.stamp());
  }
}
