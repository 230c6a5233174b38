package dev.pirn.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Words that somebody may have meant.
final class Nearest {
  private static final int MOST = 2;

  private Nearest() {}

  /// The words that are nearly this one, or of which it is the last part, nearest first.
  static List<String> to(String word, Collection<String> words) {
    return words.stream()
        .filter(
            it -> it.endsWith("." + word) || distance(word, it) <= Math.max(2, word.length() / 3))
        .sorted(Comparator.comparingInt((String it) -> distance(word, it)).thenComparing(it -> it))
        .limit(MOST)
        .toList();
  }

  /// How many letters have to be put in, taken out or exchanged.
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
