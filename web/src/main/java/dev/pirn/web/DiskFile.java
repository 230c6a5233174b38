package dev.pirn.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A file that is served from the disk: one that pages do not follow, or a large one.
///
/// @param path its real path
/// @param size how many bytes it has
/// @param tag a strong entity tag, of its size, its time and its number in the file system
record DiskFile(Path path, long size, String tag) {
  private static final Set<String> SECRETS =
      Set.of("pem", "key", "p12", "pfx", "jks", "keystore", "kdbx", "asc", "crt", "cer", "der");

  /// Looks for a file. What decides is where it really lies, not how it was asked for.
  ///
  /// @param roots the folders that are served
  /// @param names the path below one of them
  /// @return null if there is none that may be served
  static @Nullable DiskFile find(List<Path> roots, List<String> names) {
    for (Path root : roots) {
      DiskFile found = find(root, names);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable DiskFile find(Path root, List<String> names) {
    try {
      Path real = root.resolve(String.join("/", names)).toRealPath();
      Path base = root.toRealPath();
      // Path.startsWith compares whole names, so that "web2" does not lie in "web".
      if (!real.startsWith(base) || !isShown(base.relativize(real))) {
        return null;
      }
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      if (!attributes.isRegularFile() || !Files.isReadable(real)) {
        return null;
      }
      return new DiskFile(
          real,
          attributes.size(),
          "\"%x-%x-%x\""
              .formatted(
                  attributes.size(),
                  attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                  String.valueOf(attributes.fileKey()).hashCode()));
    } catch (IOException | RuntimeException e) {
      // It is not there, or its name is none here.
      return null;
    }
  }

  /// Whether a file may be served at all: nothing hidden, and nothing that holds a key.
  static boolean isShown(Path relative) {
    for (Path name : relative) {
      if (!isShown(name.toString())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isShown(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.startsWith(".")
        && !lower.startsWith("id_rsa")
        && !lower.startsWith("id_ed25519")
        && !SECRETS.contains(lower.substring(lower.lastIndexOf('.') + 1));
  }
}
