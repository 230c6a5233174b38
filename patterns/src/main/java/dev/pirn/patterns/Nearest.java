package dev.pirn.patterns;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds the names that somebody may have meant.
final class Nearest {
  private static final int MOST = 3;

  private Nearest() {}

  /// At most three names like a mistyped one, the most alike first, equals by name.
  static List<String> to(String mistyped, Collection<String> names) {
    String wanted = mistyped.toLowerCase(Locale.ROOT);
    int near = wanted.length() <= 4 ? 1 : 2;
    return names.stream()
        .filter(name -> Math.abs(name.length() - wanted.length()) <= near)
        .map(name -> new Candidate(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
        .filter(candidate -> candidate.distance() <= near)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  private record Candidate(String name, int distance) {}

  /// How many letters have to be inserted, dropped or replaced.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
