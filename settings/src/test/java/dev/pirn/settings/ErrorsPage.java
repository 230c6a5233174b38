package dev.pirn.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page that explains the errors: under each heading files, perhaps commands, and the output.
final class ErrorsPage {
  private static final Pattern HEADING = Pattern.compile("## (PIRN-E\\d+): .+");

  /// One heading with its blocks.
  record Section(String code, List<Block> blocks) {
    @Override
    public String toString() {
      return code;
    }
  }

  /// A block between fences.
  record Block(String info, String text) {}

  private ErrorsPage() {}

  static List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    String info = null;
    StringBuilder text = new StringBuilder();
    for (String line : lines()) {
      Matcher heading = HEADING.matcher(line);
      if (info == null && heading.matches()) {
        sections.add(new Section(heading.group(1), new ArrayList<>()));
      } else if (info == null && line.startsWith("```")) {
        info = line.substring(3);
        text.setLength(0);
      } else if (info != null && line.equals("```")) {
        sections.getLast().blocks().add(new Block(info, text.toString()));
        info = null;
      } else {
        text.append(line).append('\n');
      }
    }
    return sections;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(
          Path.of(System.getProperty("pirn.home", ".."), "docs/guide/errors/settings.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
