package dev.pirn.yaml;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Spellings of names, and names that are alike.
final class Names {
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[-_]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private Names() {}

  /// The name as it is, and as `camelCase`, `snake_case` and `kebab-case`.
  static Set<String> spellings(String name) {
    String[] words = words(name);
    StringBuilder camel = new StringBuilder();
    for (String word : words) {
      boolean inner = !camel.isEmpty() && !word.isEmpty();
      camel.append(
          inner ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word);
    }
    Set<String> spellings = new LinkedHashSet<>();
    spellings.add(name);
    spellings.add(camel.toString());
    spellings.add(String.join("_", words));
    spellings.add(String.join("-", words));
    return spellings;
  }

  /// The name as `kebab-case`.
  static String kebab(String name) {
    return String.join("-", words(name));
  }

  /// The name that is most like a mistyped one, or null when none is near enough.
  static @Nullable String nearest(String mistyped, Collection<String> names) {
    int most = mistyped.length() <= 4 ? 1 : mistyped.length() <= 8 ? 2 : 3;
    return nearest(mistyped, names, most);
  }

  /// The name that is one slip of the pen away, or null; short words are alike by chance.
  static @Nullable String oneSlipFrom(String word, Collection<String> names) {
    return word.length() < 4 ? null : nearest(word, names, 1);
  }

  private static @Nullable String nearest(String word, Collection<String> names, int most) {
    String nearest = null;
    int least = most + 1;
    for (String name : names) {
      if (Math.abs(name.length() - word.length()) < least) {
        int distance = distance(word, name);
        if (distance < least) {
          least = distance;
          nearest = name;
        }
      }
    }
    return nearest;
  }

  /// How many letters to insert, drop, replace or swap with their neighbour; case does not count.
  private static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
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

  private static String[] words(String name) {
    String[] words = BETWEEN_WORDS.split(name, -1);
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].toLowerCase(Locale.ROOT);
    }
    return words;
  }
}
