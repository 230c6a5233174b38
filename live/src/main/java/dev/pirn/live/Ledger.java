package dev.pirn.live;

import dev.pirn.watch.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All that is known of a source between two reloads. Guarded by the lock of [Pipeline], except for
/// what is in force, which any thread reads.
///
/// @param <F> the type of a decoded file
/// @param <T> the type of the value
final class Ledger<F, T> {
  final History<F, T> history;

  /// The broken files, and what is wrong with each.
  final Map<Path, List<Diagnostic>> quarantine = new TreeMap<>();

  /// The digest of each file's bytes as they were last looked at, good or bad.
  final Map<Path, String> seen = new HashMap<>();

  /// Files whose present content is good and yet not in force, because the whole was refused.
  final Set<Path> heldBack = new LinkedHashSet<>();

  /// What the watch told of before the source was open.
  final Set<Path> early = new LinkedHashSet<>();

  /// What is in force; null only until the source has been opened.
  volatile @Nullable Snapshot<T> current;

  /// The files of what is in force.
  State<F> state;

  /// What was said of the whole that is in force.
  List<Diagnostic> ofTheWhole = List.of();

  /// Why the whole was refused the last time, while something is held back.
  List<Diagnostic> refusal = List.of();

  Reload.@Nullable Applied<T> lastApplied;
  @Nullable Watch watch;
  long applied;
  long rejected;
  long unchanged;

  Ledger(List<Path> roots, int keep) {
    this.state = State.empty(roots);
    this.history = new History<>(keep);
  }

  long generation() {
    Snapshot<T> now = current;
    return now == null ? 0 : now.generation();
  }

  /// All that is to be mended, sorted by place.
  List<Diagnostic> diagnostics() {
    List<Diagnostic> all = new ArrayList<>(ofTheWhole);
    all.addAll(refusal);
    quarantine.values().forEach(all::addAll);
    state.warnings().values().forEach(all::addAll);
    all.sort(Diagnostic.BY_PLACE);
    return all;
  }
}
