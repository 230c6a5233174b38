package dev.pirn.yaml;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Spellings of names.
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

  private static String[] words(String name) {
    String[] words = BETWEEN_WORDS.split(name, -1);
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].toLowerCase(Locale.ROOT);
    }
    return words;
  }
}
