package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Collects what is wrong with one file: sorted by position, each once, and not without bound.
final class Problems {
  /// How many are kept; of the others only the number is told.
  static final int MOST = 100;

  private final TreeSet<Diagnostic> first = new TreeSet<>(Diagnostic.BY_PLACE);
  private int left;
  private boolean leftError;
  private boolean error;

  void add(Diagnostic diagnostic) {
    error |= diagnostic.isError();
    if (first.add(diagnostic) && first.size() > MOST) {
      leftError |= first.removeLast().isError();
      left++;
    }
  }

  boolean anyError() {
    return error;
  }

  /// The first of them, and one that says how many more there are.
  List<Diagnostic> list() {
    List<Diagnostic> list = new ArrayList<>(first);
    if (left > 0) {
      list.add(
          new Diagnostic(
              Code.MORE.id(),
              leftError ? Severity.ERROR : Severity.WARNING,
              left == 1 ? "1 more problem is not shown" : left + " more problems are not shown",
              null,
              null,
              List.of(),
              null,
              "mend those above first"));
    }
    return list;
  }
}
