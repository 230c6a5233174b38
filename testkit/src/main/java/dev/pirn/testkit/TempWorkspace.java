package dev.pirn.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder for one test, deleted with all that is in it when it is closed.
///
/// ```java
/// try (TempWorkspace workspace = TempWorkspace.create()) {
///   workspace.write("config/app.yaml", "workers: 4\n");
///   try (Live<App> app = Live.of(Source.file(workspace.path("config/app.yaml"), decoder)).open()) {
///     workspace.scribe("config/app.yaml").inPlace("workers: 8\n");
///     …
///   }
/// }
/// ```
///
/// **Threading.** Safe for use by several threads.
///
/// **Failure.** What the system refuses is thrown as [UncheckedIOException].
public final class TempWorkspace implements AutoCloseable {
  private final Path root;

  private TempWorkspace(Path root) {
    this.root = root;
  }

  /// A new, empty folder where the system keeps temporary files.
  public static TempWorkspace create() {
    try {
      // The real path, so that what is reported compares equal to what was asked for.
      return new TempWorkspace(Files.createTempDirectory("pirn-").toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The folder, absolute and without links.
  public Path root() {
    return root;
  }

  /// A path in the folder; `/` stands between names.
  ///
  /// @throws IllegalArgumentException when it leads out of the folder
  public Path path(String relative) {
    Path path = root.resolve(relative).normalize();
    if (!path.startsWith(root)) {
      throw new IllegalArgumentException("\"" + relative + "\" leads out of the workspace");
    }
    return path;
  }

  /// Writes a file, and makes the folders above it where they are missing.
  ///
  /// @return the file
  public Path write(String relative, String text) {
    Path file = path(relative);
    try {
      Path above = file.getParent();
      if (above != null) {
        Files.createDirectories(above);
      }
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a file holds.
  public String read(String relative) {
    try {
      return Files.readString(path(relative), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes a folder, and those above it where they are missing.
  public Path folder(String relative) {
    try {
      return Files.createDirectories(path(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Deletes a file, or a folder with all that is in it. What is not there is not missed.
  public void delete(String relative) {
    delete(path(relative));
  }

  /// One who edits a file, which need not exist yet.
  public Scribe scribe(String relative) {
    return Scribe.of(path(relative));
  }

  /// Deletes the folder with all that is in it. Links are deleted, not followed. Closing twice does
  /// nothing.
  @Override
  public void close() {
    delete(root);
  }

  private static void delete(Path path) {
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (!(e instanceof NoSuchFileException)) {
                throw e;
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
                throws IOException {
              if (e != null) {
                throw e;
              }
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
