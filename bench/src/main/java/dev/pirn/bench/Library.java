package dev.pirn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A pattern library of real files in a temporary folder: those of the corpus, and copies of them
/// under other names until there are as many as the figures are stated for.
final class Library implements AutoCloseable {
  static final int FILES = 158;
  private static final long TYPICAL = 14 * 1024;

  private final Path folder;
  private final Path edited;

  private Library(Path folder, Path edited) {
    this.folder = folder;
    this.edited = edited;
  }

  static Library of(Path corpus, int files) throws IOException {
    List<Path> originals;
    try (Stream<Path> walk = Files.walk(corpus)) {
      originals =
          walk.filter(file -> file.toString().endsWith(".yaml"))
              .filter(file -> !file.toString().contains("libraries"))
              .sorted()
              .toList();
    }
    if (originals.isEmpty()) {
      throw new IOException("no pattern files in " + corpus);
    }
    Path folder = Files.createTempDirectory("pirn-bench");
    for (int i = 0; i < files; i++) {
      Path original = originals.get(i % originals.size());
      String name = original.getFileName().toString().replace(".yaml", "_" + i);
      String text = Files.readString(original).replaceFirst("(?m)^name:.*$", "name: " + name);
      Path place = folder.resolve("part" + i % 10);
      Files.createDirectories(place);
      Files.writeString(place.resolve(name + ".yaml"), text);
    }
    Path typical = typical(folder);
    return new Library(folder, typical);
  }

  private static Path typical(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .min(Comparator.comparingLong(file -> Math.abs(size(file) - TYPICAL)))
          .orElseThrow();
    }
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  /// The file nearest to 14 KB, which is the one that is edited.
  Path edited() {
    return edited;
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
