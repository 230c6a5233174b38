package dev.pirn.patterns;

/// What somebody wants, as far as a message tells.
///
/// @param label such as `data_quality`; empty when nothing was recognised
/// @param confidence 0 to 1; 0 when nothing was recognised
public record Intent(String label, double confidence) {
  /// Nothing was recognised.
  public static final Intent NONE = new Intent("", 0);
}
