package dev.pirn.patterns;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is wrong between the files of a library. Names that are alike take long to find, so nothing
/// is looked for before somebody asks, and never while an edit is on its way.
final class LibraryProblems {
  private final List<Collision> collisions;
  private final List<Candidate> inForce;

  @GuardedBy("this")
  private @Nullable List<Diagnostic> found;

  LibraryProblems(List<Collision> collisions, List<Candidate> inForce) {
    this.collisions = List.copyOf(collisions);
    this.inForce = List.copyOf(inForce);
  }

  /// All problems, by place.
  synchronized List<Diagnostic> list() {
    if (found == null) {
      List<Diagnostic> all = new ArrayList<>(dangling());
      collisions.forEach(collision -> all.add(collision.diagnostic()));
      all.sort(Diagnostic.BY_PLACE);
      found = List.copyOf(all);
    }
    return found;
  }

  /// Related patterns that are neither the name of a pattern nor the path of its file.
  private List<Diagnostic> dangling() {
    Set<String> names = new HashSet<>();
    Set<String> known = new HashSet<>();
    for (Candidate candidate : inForce) {
      names.add(candidate.loaded().name());
      known.add(candidate.loaded().name());
      known.add(candidate.loaded().path().replaceFirst("\\.ya?ml$", ""));
    }
    List<Diagnostic> dangling = new ArrayList<>();
    for (Candidate candidate : inForce) {
      List<String> related = candidate.loaded().pattern().relatedPatterns();
      for (int i = 0; i < related.size(); i++) {
        if (!known.contains(related.get(i))) {
          dangling.add(
              Problems.dangling(
                  related.get(i),
                  candidate.definition().relatedPlaces().get(i),
                  Nearest.to(related.get(i), names)));
        }
      }
    }
    return dangling;
  }
}
