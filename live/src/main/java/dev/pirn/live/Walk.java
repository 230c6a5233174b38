package dev.pirn.live;

import dev.pirn.watch.WatchSpec;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;

/// Finds a source's files on the disk, by the rules of its watch but without asking it.
final class Walk {
  private Walk() {}

  /// All files that belong to it, whether they can be read or not. Of single files, those that are
  /// named, whether they are there or not.
  static Set<Path> files(WatchSpec spec) {
    Set<Path> found = new TreeSet<>();
    if (spec.singleFiles()) {
      found.addAll(spec.roots());
    } else {
      spec.roots().forEach(root -> below(root, spec, found));
    }
    return found;
  }

  /// Whether a path belongs to it, be there a file or not.
  static boolean covers(WatchSpec spec, Path file) {
    return spec.singleFiles()
        ? spec.roots().contains(file)
        : spec.roots().stream().anyMatch(root -> covers(spec, root, file));
  }

  private static boolean covers(WatchSpec spec, Path root, Path file) {
    if (!file.startsWith(root) || file.equals(root)) {
      return false;
    }
    Path relative = root.relativize(file);
    for (int names = 1; names < relative.getNameCount(); names++) {
      if (!spec.enters(slashes(relative.subpath(0, names)))) {
        return false;
      }
    }
    return spec.covers(slashes(relative));
  }

  private static void below(Path root, WatchSpec spec, Set<Path> found) {
    Deque<Path> folders = new ArrayDeque<>();
    folders.add(root);
    while (!folders.isEmpty()) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folders.removeLast())) {
        for (Path entry : entries) {
          String relative = slashes(root.relativize(entry));
          if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            if (spec.enters(relative)) {
              folders.add(entry);
            }
          } else if (spec.covers(relative) && Files.isRegularFile(entry)) {
            found.add(entry);
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        // Gone meanwhile, or not to be read: the watch reports it, and its files are not taken
        // away by not being found here.
      }
    }
  }

  private static String slashes(Path relative) {
    return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
  }
}
