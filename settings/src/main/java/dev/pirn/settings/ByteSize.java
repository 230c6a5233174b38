package dev.pirn.settings;

/// A size in bytes, written as `512`, `512B`, `64kB`, `10MB`, `2GB` or `1TB` (thousands), or as
/// `64KiB`, `10MiB`, `2GiB` or `1TiB` (1,024). Case does not count.
///
/// @param bytes how many bytes, not negative
public record ByteSize(long bytes) {
  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size must not be negative, was " + bytes);
    }
  }

  /// The number with its unit.
  @Override
  public String toString() {
    return bytes + "B";
  }
}
