package dev.pirn.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page that explains the errors: under each heading perhaps a file or a request, and what is
/// said about it.
final class ErrorsPage {
  private static final Pattern HEADING = Pattern.compile("## (PIRN-S\\d+): .+");

  /// One heading with its blocks by the language of their fences.
  record Section(String code, Map<String, String> blocks) {
    String text() {
      return blocks.getOrDefault("text", "");
    }

    @Override
    public String toString() {
      return code;
    }
  }

  private ErrorsPage() {}

  static List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    String fence = null;
    StringBuilder text = new StringBuilder();
    for (String line : lines()) {
      Matcher heading = HEADING.matcher(line);
      if (fence == null && heading.matches()) {
        sections.add(new Section(heading.group(1), new LinkedHashMap<>()));
      } else if (fence == null && line.startsWith("```")) {
        fence = line.substring(3).split(" ")[0];
        text.setLength(0);
      } else if (fence != null && line.equals("```")) {
        sections.getLast().blocks().put(fence, text.toString());
        fence = null;
      } else {
        text.append(line).append('\n');
      }
    }
    return sections;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(
          Path.of(System.getProperty("pirn.home", ".."), "docs/guide/errors/server.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
