package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import dev.pirn.yaml.YamlList;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;

/// Reads a command: a list of words, or a text that is split at its blanks. There is no shell, so a
/// text that means one is refused instead of being run as something else.
final class CommandWords {
  private static final String OF_A_SHELL = "|&;<>()`$*?#~\n";

  private CommandWords() {}

  /// The words; none after an error.
  static List<String> of(YamlNode node, List<Diagnostic> said) {
    List<String> words = new ArrayList<>();
    switch (node) {
      case YamlList list -> {
        for (YamlNode item : list.items()) {
          if (!(item instanceof YamlScalar word) || word.isNull()) {
            said.add(Problems.badCommand("a word must be a single value", item.place()));
            return List.of();
          }
          words.add(word.text());
        }
      }
      case YamlScalar text -> {
        String wrong = split(text.text(), words);
        if (!wrong.isEmpty()) {
          said.add(Problems.badCommand(wrong, text.place()));
          return List.of();
        }
      }
      default -> {
        said.add(Problems.badCommand("it must be a list or a text", node.place()));
        return List.of();
      }
    }
    if (words.isEmpty() || words.getFirst().isBlank()) {
      said.add(Problems.badCommand("it has no words", node.place()));
      return List.of();
    }
    return words;
  }

  /// Whether a text is a command of plain words; if it is, they are added.
  static boolean plain(String text, List<String> words) {
    return split(text, words).isEmpty();
  }

  /// @return what is wrong with it; empty if nothing is
  private static String split(String text, List<String> words) {
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (c == ' ' || c == '\t') {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else if (OF_A_SHELL.indexOf(c) >= 0) {
        return "it has a \"%s\", and there is no shell".formatted(c == '\n' ? "\\n" : c);
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      return "nothing closes the %s".formatted(quote);
    }
    if (inWord) {
      words.add(word.toString());
    }
    return "";
  }
}
