package dev.pirn.yaml;

import dev.pirn.live.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Real pattern files, which lie beside the project and not in it.
final class RealFiles {
  private static final Path FOLDER =
      Path.of(System.getProperty("pirn.data", ""), "loom-patterns").toAbsolutePath().normalize();

  private RealFiles() {}

  /// For `@EnabledIf`.
  static boolean present() {
    return Files.isDirectory(FOLDER);
  }

  static List<Path> list() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Content read(Path file) {
    try {
      return new Content(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
