package dev.pirn.patterns;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes Markdown. What is empty leaves no trace; text of several lines goes into a code fence, so
/// that it reaches the model as it stands in the file.
final class Markdown {
  private static final int SHORTEST_FENCE = 3;

  private final StringBuilder out = new StringBuilder();
  private boolean inList;

  /// The text in one line: every run of white space is one space.
  static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  Markdown heading(String text) {
    return block("## " + text);
  }

  Markdown paragraph(String text) {
    return text.isBlank() ? this : block(text.strip());
  }

  Markdown item(String text) {
    out.append(inList ? "\n" : "\n\n").append("- ").append(oneLine(text));
    inList = true;
    return this;
  }

  /// A named value as an item of a list.
  Markdown field(String name, String value) {
    if (value.isBlank()) {
      return this;
    }
    if (isOneLine(value)) {
      return item(name + ": " + value);
    }
    item(name + ":");
    return indentedFence("  ", value);
  }

  /// A named value below an item of a list.
  Markdown subField(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      return this;
    }
    if (isOneLine(value)) {
      out.append("\n  - ").append(name).append(": ").append(value.strip());
      return this;
    }
    out.append("\n  - ").append(name).append(":");
    return indentedFence("    ", value);
  }

  Markdown fields(Map<String, @Nullable Object> values) {
    values.forEach((key, value) -> field(key, PlainData.text(value)));
    return this;
  }

  Markdown fence(String language, String text) {
    return block(fenced(language, text));
  }

  String text() {
    return out.toString();
  }

  private Markdown block(String text) {
    if (!out.isEmpty()) {
      out.append("\n\n");
    }
    out.append(text);
    inList = false;
    return this;
  }

  private Markdown indentedFence(String indent, String text) {
    fenced("", text)
        .lines()
        .forEach(line -> out.append('\n').append(line.isEmpty() ? "" : indent).append(line));
    return this;
  }

  private static boolean isOneLine(String text) {
    return text.strip().lines().count() == 1;
  }

  /// The text between fences longer than any run of backticks in it.
  private static String fenced(String language, String text) {
    String fence = "`".repeat(Math.max(SHORTEST_FENCE, longestRun(text) + 1));
    return fence + language + "\n" + text.stripTrailing() + "\n" + fence;
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
