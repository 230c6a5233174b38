package dev.pirn.patterns;

import dev.pirn.live.Live;
import dev.pirn.watch.WatchSpec;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the file that somebody means by a pattern's name or by a path; never one outside the
/// library.
final class FileFinder {
  private final WatchSpec spec;
  private final Live<PatternLibrary> live;

  FileFinder(WatchSpec spec, Live<PatternLibrary> live) {
    this.spec = spec;
    this.live = live;
  }

  @Nullable Path find(String asked) {
    Optional<LoadedPattern> loaded = live.get().get(asked);
    return loaded.isPresent() ? loaded.get().file() : byPath(asked);
  }

  private @Nullable Path byPath(String asked) {
    try {
      for (Path root : spec.roots()) {
        Path file = root.resolve(asked).normalize();
        if (file.startsWith(root) && (isKnown(file) || isNew(root, file))) {
          return file;
        }
      }
      return null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private boolean isKnown(Path file) {
    return live.snapshot().files().contains(file) || live.quarantined().containsKey(file);
  }

  private boolean isNew(Path root, Path file) {
    return spec.covers(root.relativize(file).toString().replace('\\', '/'))
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
