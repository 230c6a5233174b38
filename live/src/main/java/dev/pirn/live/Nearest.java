package dev.pirn.live;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the names that somebody may have meant, for the hint of a [Diagnostic].
///
/// Two names are as far apart as letters have to be inserted, dropped, replaced or swapped with
/// their neighbour to make one of the other; case does not count. (This is the optimal string
/// alignment distance.)
public final class Nearest {
  private static final int MOST = 3;

  private Nearest() {}

  /// At most three names like a mistyped one, the most alike first, equals by name. Words of up to
  /// four letters may be one edit apart, up to eight letters two, longer ones three.
  public static List<String> to(String mistyped, Collection<String> names) {
    return within(mistyped.length() <= 4 ? 1 : mistyped.length() <= 8 ? 2 : 3, mistyped, names);
  }

  /// At most three names that are so many edits from a word or less, in the same order.
  public static List<String> within(int edits, String word, Collection<String> names) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> Math.abs(name.length() - word.length()) <= edits)
        .map(name -> new Candidate(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
        .filter(candidate -> candidate.distance() <= edits)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  /// What was found, as a [Diagnostic#hint]; null when nothing was.
  public static @Nullable String didYouMean(List<String> near) {
    return near.isEmpty()
        ? null
        : "did you mean "
            + near.stream().map("\"%s\""::formatted).collect(Collectors.joining(" or "))
            + "?";
  }

  private record Candidate(String name, int distance) {}

  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (same ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
