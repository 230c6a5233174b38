package dev.pirn.live;

import java.nio.file.Path;
import java.util.Objects;

/// The bytes of one file, as they were read once and completely.
///
/// The array is handed over, not copied: nobody changes it.
public final class Content {
  private final Path file;
  private final byte[] bytes;

  /// Bytes that stand for a file.
  ///
  /// @param file the file that diagnostics name
  /// @param bytes its bytes, not copied
  public Content(Path file, byte[] bytes) {
    this.file = Objects.requireNonNull(file, "file");
    this.bytes = Objects.requireNonNull(bytes, "bytes");
  }

  /// The file that diagnostics name.
  public Path file() {
    return file;
  }

  /// The bytes; not to be changed.
  public byte[] bytes() {
    return bytes;
  }
}
