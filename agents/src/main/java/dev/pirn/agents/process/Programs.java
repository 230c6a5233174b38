package dev.pirn.agents.process;

import dev.pirn.agents.process.LaunchException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the file of a program before anything is started, so that what is wrong is said at once
/// and by its name, and not by an exit code of `setsid`.
final class Programs {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  /// The most that Linux reads of a script's first line.
  private static final int FIRST_LINE = 256;

  private Programs() {}

  static Path resolve(Command command) throws LaunchException {
    Path folder = command.folder().toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new LaunchException(
          Reason.NO_FOLDER,
          Files.exists(folder)
              ? "the working folder " + folder + " is a file"
              : "the working folder " + folder + " does not exist",
          null);
    }
    Path program = find(command.words().getFirst(), command.environment(), folder);
    if (!Files.isExecutable(program)) {
      throw new LaunchException(
          Reason.NOT_EXECUTABLE,
          program + " may not be executed; allow it with chmod +x, or name its interpreter first",
          null);
    }
    checkInterpreter(program);
    return program;
  }

  private static Path find(String name, Map<String, String> environment, Path folder)
      throws LaunchException {
    if (name.isEmpty()) {
      throw new LaunchException(Reason.NOT_FOUND, "the command's program is empty", null);
    }
    if (name.indexOf('/') < 0) {
      Path found = onPath(name, environment, folder);
      if (found == null) {
        throw new LaunchException(
            Reason.NOT_FOUND,
            "there is no program \"" + name + "\" on the PATH, " + path(environment),
            null);
      }
      return found;
    }
    Path program = at(folder, name);
    if (program == null || !Files.exists(program)) {
      throw new LaunchException(
          Reason.NOT_FOUND, "the program " + folder.resolve(name) + " does not exist", null);
    }
    if (Files.isDirectory(program)) {
      throw new LaunchException(Reason.NOT_EXECUTABLE, program + " is a folder", null);
    }
    return program;
  }

  private static @Nullable Path at(Path folder, String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /// The first file of that name that may be executed; otherwise the first one at all; or null.
  static @Nullable Path onPath(String name, Map<String, String> environment, Path folder) {
    Path forbidden = null;
    for (String entry : path(environment).split(":", -1)) {
      // An empty entry is the working folder.
      Path base = at(folder, entry);
      Path program = base == null ? null : at(base, name);
      if (program != null && Files.isRegularFile(program)) {
        if (Files.isExecutable(program)) {
          return program;
        }
        forbidden = forbidden == null ? program : forbidden;
      }
    }
    return forbidden;
  }

  private static String path(Map<String, String> environment) {
    return environment.getOrDefault("PATH", DEFAULT_PATH);
  }

  private static void checkInterpreter(Path program) throws LaunchException {
    String line = firstLine(program);
    if (!line.startsWith("#!")) {
      return;
    }
    String interpreter = line.substring(2).strip().split("[ \t]", 2)[0];
    boolean carriageReturn = line.endsWith("\r");
    Path file = at(program.toAbsolutePath().getRoot(), interpreter);
    if (carriageReturn || file == null || !Files.isExecutable(file)) {
      throw new LaunchException(
          Reason.NO_INTERPRETER,
          program
              + " is a script for "
              + interpreter
              + (carriageReturn
                  ? " whose lines end with carriage returns; save it with Unix line ends"
                  : ", which does not exist or may not be executed"),
          null);
    }
  }

  private static String firstLine(Path program) {
    try (InputStream in = Files.newInputStream(program)) {
      String start = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
      int end = start.indexOf('\n');
      return end < 0 ? start : start.substring(0, end);
    } catch (IOException e) {
      // It may be executable without being readable.
      return "";
    }
  }
}
