package dev.pirn.patterns;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A pattern in force, and where it comes from.
///
/// Its identity is its file's path under the root, and for an entry of a bundle also its name.
///
/// @param pattern the pattern
/// @param bundle the bundle that it is an entry of, or null when the file is the pattern
/// @param root the library's folder
/// @param file the file, absolute
/// @param digest the digest of the file's bytes
/// @param generation the generation of the library in which these bytes came into force
public record LoadedPattern(
    Pattern pattern,
    @Nullable Bundle bundle,
    Path root,
    Path file,
    String digest,
    long generation) {
  /// The pattern's name.
  public String name() {
    return pattern.name();
  }

  /// The file's path under the root, with `/` on every platform.
  public String path() {
    return root.relativize(file).toString().replace('\\', '/');
  }

  LoadedPattern generation(long generation) {
    return new LoadedPattern(pattern, bundle, root, file, digest, generation);
  }
}
