package dev.pirn.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes settings in the text of a file, and nothing beside them.
final class EnvEdit {
  /// A file without anything would look like one that was cut off.
  private static final String NOTHING = "# no settings";

  private EnvEdit() {}

  /// A stretch of the text, and what takes its place.
  private record Replacement(int start, int end, String text) {}

  /// The new text.
  ///
  /// @param edits the new value of each key, or nothing to take the key out
  static String apply(EnvFile file, Map<String, Optional<String>> edits) {
    String text = file.text().text();
    String lineEnd = lineEnd(text);
    List<Replacement> replacements = new ArrayList<>();
    StringBuilder added = new StringBuilder();
    edits.forEach((key, value) -> {
      List<EnvEntry> lines =
          file.entries().stream().filter(entry -> entry.key().equals(key)).toList();
      if (value.isEmpty()) {
        lines.forEach(line -> replacements.add(removal(file.text(), line)));
      } else if (lines.isEmpty()) {
        added.append(key).append('=').append(Quoting.write(value.get(), null)).append(lineEnd);
      } else {
        EnvEntry last = lines.getLast();
        replacements.add(
            new Replacement(
                last.valueStart(), last.valueEnd(), Quoting.write(value.get(), last.quote())));
      }
    });
    replacements.sort(Comparator.comparingInt(Replacement::start).reversed());
    StringBuilder out = new StringBuilder(text);
    replacements.forEach(it -> out.replace(it.start(), it.end(), it.text()));
    if (!added.isEmpty() && !out.isEmpty() && !endsLine(out)) {
      out.append(lineEnd);
    }
    out.append(added);
    return out.toString().isBlank() ? NOTHING + lineEnd : out.toString();
  }

  private static Replacement removal(EnvText text, EnvEntry line) {
    return new Replacement(line.lineStart(), text.nextLine(text.lineEnd(line.valueEnd())), "");
  }

  private static boolean endsLine(StringBuilder text) {
    char last = text.charAt(text.length() - 1);
    return last == '\n' || last == '\r';
  }

  /// As the file's first line ends.
  private static String lineEnd(String text) {
    int feed = text.indexOf('\n');
    int carriage = text.indexOf('\r');
    if (carriage < 0 || (feed >= 0 && feed < carriage)) {
      return "\n";
    }
    return feed == carriage + 1 ? "\r\n" : "\r";
  }
}
