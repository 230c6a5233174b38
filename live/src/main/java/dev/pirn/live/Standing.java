package dev.pirn.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How a source stands between two reloads; never changed after it was made. One volatile write
/// puts the next one in place, so that readers of any part of it wait for nobody.
///
/// @param snapshot what is in force; null only until the source has been opened
/// @param state the files of what is in force
/// @param quarantine the broken files, and what is wrong with each
/// @param ofTheWhole what was said of the whole that is in force
/// @param refusal why the whole was refused the last time, while something is held back
/// @param last the reload that put it in force
/// @param counts how many reloads there were
/// @param <F> the type of a decoded file
/// @param <T> the type of the value
record Standing<F, T>(
    @Nullable Snapshot<T> snapshot,
    State<F> state,
    NavigableMap<Path, List<Diagnostic>> quarantine,
    List<Diagnostic> ofTheWhole,
    List<Diagnostic> refusal,
    Reload.@Nullable Applied<T> last,
    Counts counts) {

  /// How many reloads ended how.
  record Counts(long applied, long rejected, long unchanged) {}

  static <F, T> Standing<F, T> nothing(List<Path> roots) {
    return new Standing<>(
        null, State.empty(roots), new TreeMap<>(), List.of(), List.of(), null, new Counts(0, 0, 0));
  }

  long generation() {
    return snapshot == null ? 0 : snapshot.generation();
  }

  /// This after a reload that published.
  Standing<F, T> applied(
      Reload.Applied<T> outcome,
      State<F> files,
      NavigableMap<Path, List<Diagnostic>> broken,
      List<Diagnostic> said,
      List<Diagnostic> refused) {
    Counts more = new Counts(counts.applied + 1, counts.rejected, counts.unchanged);
    return new Standing<>(outcome.snapshot(), files, broken, said, refused, outcome, more);
  }

  /// This after a reload that was refused.
  Standing<F, T> rejected(NavigableMap<Path, List<Diagnostic>> broken, List<Diagnostic> refused) {
    Counts more = new Counts(counts.applied, counts.rejected + 1, counts.unchanged);
    return new Standing<>(snapshot, state, broken, ofTheWhole, refused, last, more);
  }

  /// This after a reload that found nothing to publish.
  Standing<F, T> unchanged(NavigableMap<Path, List<Diagnostic>> broken, List<Diagnostic> refused) {
    Counts more = new Counts(counts.applied, counts.rejected, counts.unchanged + 1);
    return new Standing<>(snapshot, state, broken, ofTheWhole, refused, last, more);
  }

  /// All that is to be mended, in a list of the caller's own.
  List<Diagnostic> diagnostics() {
    List<Diagnostic> all = new ArrayList<>(ofTheWhole);
    all.addAll(refusal);
    quarantine.values().forEach(all::addAll);
    state.warnings().values().forEach(all::addAll);
    return all;
  }
}
