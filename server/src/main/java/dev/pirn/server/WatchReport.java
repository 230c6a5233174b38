package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.watch.WatchProblem;
import dev.pirn.watch.WatchState;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells the log when a watch sees less than before, or sees everything again.
final class WatchReport {
  private static final Seen NOTHING = new Seen(0, List.of());

  private final Views views;
  private final EventLog log;

  @GuardedBy("this")
  private final Map<String, Seen> seen = new HashMap<>();

  private record Seen(long resyncs, List<WatchProblem> problems) {}

  WatchReport(Views views, EventLog log) {
    this.views = views;
    this.log = log;
  }

  /// Takes up what a watch sees now.
  synchronized void take(String source, WatchState state) {
    Seen before = seen.getOrDefault(source, NOTHING);
    Seen now = new Seen(state.resyncs(), state.problems());
    seen.put(source, now);
    Set<WatchProblem> more = new HashSet<>(now.problems);
    before.problems.forEach(more::remove);
    if (!more.isEmpty()) {
      tell("watch.degraded", source, state);
    }
    boolean fewer = !new HashSet<>(now.problems).containsAll(before.problems);
    if (now.resyncs > before.resyncs || (fewer && more.isEmpty())) {
      tell("watch.resynced", source, state);
    }
  }

  /// Forgets what a watch saw that another has replaced.
  synchronized void forget(String source) {
    Seen before = seen.getOrDefault(source, NOTHING);
    seen.put(source, new Seen(0, before.problems));
  }

  private void tell(String type, String source, WatchState state) {
    String file =
        state.problems().isEmpty() ? null : views.file(state.problems().getFirst().path());
    log.append(
        type,
        source,
        new JsonObject()
            .put("name", source)
            .put("file", file)
            .put("backend", Views.word(state.backend()))
            .put("resyncs", state.resyncs())
            .put("problems", Views.array(state.problems(), views::problem)));
  }
}
