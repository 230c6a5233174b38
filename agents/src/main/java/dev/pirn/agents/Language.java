package dev.pirn.agents;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What an agent is written in, and what follows from it where nobody says otherwise.
// Its collections are unmodifiable, which the compiler cannot see.
@SuppressWarnings("ImmutableEnumChecker")
public enum Language {
  /// Python.
  PYTHON(
      Set.of("py", "jinja2", "j2", "yaml", "yml"),
      List.of("__pycache__", "venv", "node_modules", ".eggs", "*.egg-info")),
  /// JavaScript, run by Node.
  NODE(Set.of("js", "mjs", "cjs", "json"), List.of("node_modules", "coverage")),
  /// TypeScript, run by Node or tsx.
  TYPESCRIPT(
      Set.of("ts", "mts", "cts", "tsx", "js", "mjs", "cjs", "json"),
      List.of("node_modules", "coverage", "dist")),
  /// Java, compiled here or run as a JAR.
  JAVA(
      Set.of("java", "yml", "yaml", "properties", "xml", "jar"), List.of("target", "node_modules")),
  /// Any other program.
  OTHER(Set.of("sh", "yaml", "yml", "json", "toml"), List.of("node_modules", "target"));

  private final Set<String> extensions;
  private final List<String> excluded;

  Language(Set<String> extensions, List<String> excluded) {
    this.extensions = extensions;
    this.excluded = excluded;
  }

  /// The endings of the files whose change restarts an agent, in lower case and without a dot.
  public Set<String> extensions() {
    return extensions;
  }

  /// The names of folders that are not watched, beside those that begin with a dot.
  public List<String> excludedFolders() {
    return excluded;
  }

  /// The word that people see: `python`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The language of a file, by its ending; [#OTHER] if it tells none.
  static Language of(String fileName) {
    String extension = extension(fileName);
    return switch (extension) {
      case "py" -> PYTHON;
      case "js", "mjs", "cjs" -> NODE;
      case "ts", "mts", "cts" -> TYPESCRIPT;
      case "java", "jar" -> JAVA;
      default -> OTHER;
    };
  }

  /// The ending of a name, in lower case and without a dot; empty if it has none.
  static String extension(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot <= 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
