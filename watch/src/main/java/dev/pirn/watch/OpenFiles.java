package dev.pirn.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which files have a writer, read from `/proc` without touching the files. Where there is no
/// `/proc`, and for processes that may not be seen, the answer is that there is none.
final class OpenFiles {
  private static final int WRITE_ONLY = 1;
  private static final int READ_AND_WRITE = 2;

  private OpenFiles() {}

  static Set<Long> written(Set<Long> keys, Function<Path, @Nullable Print> follow) {
    Set<Long> found = new HashSet<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        inProcess(process, keys, follow, found);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // No /proc here: nothing can be seen.
    }
    return found;
  }

  private static void inProcess(
      Path process, Set<Long> keys, Function<Path, @Nullable Print> follow, Set<Long> found) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        Print print = follow.apply(file);
        if (print != null
            && keys.contains(print.key())
            && forWriting(process.resolve("fdinfo").resolve(file.getFileName()))) {
          found.add(print.key());
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The process has ended, or belongs to somebody else.
    }
  }

  private static boolean forWriting(Path info) {
    try {
      for (String line : Files.readString(info, StandardCharsets.UTF_8).split("\n", -1)) {
        if (line.startsWith("flags:")) {
          int mode = Integer.parseInt(line.substring("flags:".length()).strip(), 8) & 3;
          return mode == WRITE_ONLY || mode == READ_AND_WRITE;
        }
      }
    } catch (IOException e) {
      // Closed since it was listed.
    }
    return false;
  }
}
