package dev.pirn.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The files in force and what was said of each; never changed after it was made.
///
/// @param parts by file, in the order of the source
/// @param warnings what the decoder said of each, where it said something
/// @param set the digest of all of them together, for [#digest]
/// @param <F> the type of a decoded file
record State<F>(
    NavigableMap<Path, Part<F>> parts, NavigableMap<Path, List<Diagnostic>> warnings, Digest set) {

  static <F> State<F> empty(List<Path> roots) {
    Comparator<Path> order = order(roots);
    return new State<>(new TreeMap<>(order), new TreeMap<>(order), Digest.NOTHING);
  }

  /// By the first root that holds the file, then by path.
  private static Comparator<Path> order(List<Path> roots) {
    return roots.size() == 1
        ? Comparator.naturalOrder()
        : Comparator.comparingInt((Path file) -> rank(roots, file))
            .thenComparing(Comparator.naturalOrder());
  }

  private static int rank(List<Path> roots, Path file) {
    for (int i = 0; i < roots.size(); i++) {
      if (file.startsWith(roots.get(i))) {
        return i;
      }
    }
    return roots.size();
  }

  List<Part<F>> inOrder() {
    return Collections.unmodifiableList(new ArrayList<>(parts.values()));
  }

  /// The digest for people: of one file its own.
  String digest() {
    return parts.size() == 1 ? parts.firstEntry().getValue().digest() : set.toString();
  }

  /// A copy to change.
  Draft<F> draft() {
    return new Draft<>(this);
  }

  /// What the next state is being made of. Belongs to one reload.
  static final class Draft<F> {
    private final State<F> from;
    private NavigableMap<Path, Part<F>> parts;
    private NavigableMap<Path, List<Diagnostic>> warnings;
    private Digest set;
    private boolean changed;

    private Draft(State<F> from) {
      this.from = from;
      this.parts = from.parts;
      this.warnings = from.warnings;
      this.set = from.set;
    }

    /// Copies what is to be changed, once: most attempts on large trees change nothing or little.
    private void change() {
      if (!changed) {
        changed = true;
        parts = new TreeMap<>(from.parts);
        warnings = new TreeMap<>(from.warnings);
      }
    }

    void put(Part<F> part, List<Diagnostic> said) {
      change();
      remove(part.file());
      parts.put(part.file(), part);
      set = set.toggled(part.file(), part.digest());
      if (!said.isEmpty()) {
        warnings.put(part.file(), said);
      }
    }

    void remove(Path file) {
      Part<F> gone = parts.get(file);
      if (gone != null) {
        change();
        parts.remove(file);
        warnings.remove(file);
        set = set.toggled(file, gone.digest());
      }
    }

    boolean changed() {
      return changed;
    }

    State<F> finish() {
      return new State<>(parts, warnings, set);
    }
  }
}
