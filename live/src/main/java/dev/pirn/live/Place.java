package dev.pirn.live;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a problem is: a file, or a stretch of one of its lines.
///
/// Lines and columns count from 1, columns in Unicode code points. A problem of the whole file
/// stands at 1:1 with the length 0 and no text.
///
/// @param file the file, absolute
/// @param line the line, from 1
/// @param column the first column, from 1
/// @param length how many code points are marked; 0 for the whole file
/// @param text the source line, without its end; null when it is not known
public record Place(Path file, int line, int column, int length, @Nullable String text) {
  public Place {
    Objects.requireNonNull(file, "file");
    if (line < 1 || column < 1 || length < 0) {
      throw new IllegalArgumentException(
          "line and column count from 1, were %d:%d".formatted(line, column));
    }
  }

  /// The whole file.
  public static Place of(Path file) {
    return new Place(file, 1, 1, 0, null);
  }

  /// The same so many lines further down, for what was found in a part of a file.
  public Place down(int lines) {
    return wholeFile() ? this : new Place(file, line + lines, column, length, text);
  }

  /// Whether this names the file as a whole.
  public boolean wholeFile() {
    return length == 0;
  }

  /// `file:line:column`, or only the file where it is meant as a whole.
  @Override
  public String toString() {
    return wholeFile() ? file.toString() : file + ":" + line + ":" + column;
  }
}
