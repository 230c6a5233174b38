package dev.pirn.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// A folder in which commands are run, in this process.
final class Desk {
  static final Path HOME = Path.of(System.getProperty("pirn.home"));
  static final Path FIXTURE = HOME.resolve("cli/src/test/fixture");

  private final Path folder;

  private Desk(Path folder) {
    this.folder = folder;
  }

  /// An empty folder.
  static Desk empty(Path folder) {
    return new Desk(folder);
  }

  /// A copy of the test workspace.
  static Desk workspace(Path folder) {
    copy(FIXTURE, folder);
    return new Desk(folder);
  }

  static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  Path write(String file, String content) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      return Files.writeString(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a command to its end.
  Ran run(String... args) {
    return runWith("", args);
  }

  /// Runs a command with a standard input.
  Ran runWith(String input, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    byte[] in = input.getBytes(StandardCharsets.UTF_8);
    Console console = new Console(new ByteArrayInputStream(in), out, err, false, false, false);
    int exit = Cli.run(new Session(console, folder, Map.of()), args);
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
