package dev.pirn.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which file of a folder is the agent, where no `agent.yaml` says so.
final class FolderConvention {
  static final String DEFINITION = "agent.yaml";

  static final String PROGRAMS =
      "main.py, package.json, main or index with .js, .mjs, .cjs or .ts (also in src), a JAR,"
          + " Agent.java or Main.java (also in src), a single program";

  static final String LOOKED_FOR = "agent.yaml, " + PROGRAMS;

  private static final List<String> FILES =
      List.of(
          "main.py",
          "package.json",
          "main.js",
          "main.mjs",
          "main.cjs",
          "main.ts",
          "index.js",
          "index.mjs",
          "index.cjs",
          "index.ts",
          "src/main.ts",
          "src/index.ts",
          "src/main.js",
          "src/index.js",
          "pom.xml");

  private static final List<String> SOURCES =
      List.of(
          "Agent.java",
          "Main.java",
          "src/Agent.java",
          "src/Main.java",
          "src/main/java/Agent.java",
          "src/main/java/Main.java");

  private static final Set<String> IGNORED =
      Set.of("__pycache__", "node_modules", "target", "venv", "build", "dist");

  private FolderConvention() {}

  /// Whether a name beside agents is none of theirs.
  static boolean ignored(String name) {
    return name.startsWith(".") || name.startsWith("_") || IGNORED.contains(name);
  }

  /// The file that makes a folder an agent; null if there is none.
  ///
  /// @throws IOException if the folder cannot be read
  static @Nullable Path entry(Path folder) throws IOException {
    Path named = first(folder, FILES);
    if (named != null) {
      return named;
    }
    List<Path> files;
    try (Stream<Path> children = Files.list(folder)) {
      files =
          children.filter(it -> !ignored(name(it)) && Files.isRegularFile(it)).sorted().toList();
    }
    Path jar = only(folder, files.stream().filter(it -> isJar(it)).toList());
    if (jar != null) {
      return jar;
    }
    Path source = first(folder, SOURCES);
    return source != null
        ? source
        : only(folder, files.stream().filter(it -> isProgram(it)).toList());
  }

  /// Whether a single file among folders is an agent by its name, or by the right to run it.
  static boolean isAgent(Path file) {
    String name = name(file);
    return !ignored(name)
        && Files.isRegularFile(file)
        && !isTest(name)
        && (Language.of(name) != Language.OTHER || isProgram(file));
  }

  private static boolean isTest(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("test_")
        || lower.endsWith("_test.py")
        || lower.equals("conftest.py")
        || lower.equals("setup.py")
        || lower.contains(".test.")
        || lower.contains(".spec.")
        || lower.contains(".config.")
        || lower.endsWith(".d.ts");
  }

  private static @Nullable Path first(Path folder, List<String> names) {
    for (String name : names) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  /// The only one, or the one that has the folder's name or says that it is an agent.
  private static @Nullable Path only(Path folder, List<Path> files) {
    if (files.size() == 1) {
      return files.getFirst();
    }
    Set<String> telling = Set.of(name(folder), "agent", "main", "run", "start");
    List<Path> named = files.stream().filter(it -> telling.contains(stem(name(it)))).toList();
    return named.size() == 1 ? named.getFirst() : null;
  }

  private static boolean isJar(Path file) {
    return Language.extension(name(file)).equals("jar");
  }

  private static boolean isProgram(Path file) {
    return Files.isExecutable(file)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Set.of("", "sh", "bash", "exe", "rb", "pl", "php", "lua", "bin", "py", "js", "mjs")
            .contains(Language.extension(name(file)));
  }

  /// The name of a file without its ending.
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  static String name(Path path) {
    return Objects.toString(path.getFileName(), "");
  }
}
