package dev.pirn.live;

import java.nio.file.Path;
import java.util.Objects;

/// What one file contributes to a value.
///
/// @param root the root of the source under which it lies, absolute; for a single file its folder
/// @param file the file, absolute
/// @param value what it was decoded to
/// @param digest the SHA-256 of its bytes, in hexadecimal
/// @param generation the generation with which it came into force
/// @param <F> the type of a decoded file
public record Part<F>(Path root, Path file, F value, String digest, long generation) {
  public Part {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(digest, "digest");
  }
}
