package dev.pirn.yaml;

import dev.pirn.live.Place;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The text of one file, and the places in it.
///
/// Lines are separated by `\n`, `\r\n` or `\r`, as in YAML, and count from 0 here, as columns do; a
/// [Place] counts from 1.
final class SourceText {
  /// A longer line is not shown beside a problem: nobody could read it, and a file that is one huge
  /// line with many problems would take memory without bound.
  private static final int LONGEST_SHOWN = 4_000;

  private final Path file;
  private final String text;
  private volatile int @Nullable [] lineStarts;

  SourceText(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  Path file() {
    return file;
  }

  String text() {
    return text;
  }

  /// A stretch of one line, in code points; at least one code point is marked.
  Place place(int line, int column, int length) {
    String shown = line(line);
    return new Place(
        file,
        line + 1,
        column + 1,
        Math.max(1, length),
        shown.length() > LONGEST_SHOWN ? null : shown);
  }

  /// From a column to the end of what stands in its line.
  Place placeToEnd(int line, int column) {
    String shown = line(line).stripTrailing();
    return place(line, column, shown.codePointCount(0, shown.length()) - column);
  }

  /// The one code point at an index of the text.
  Place placeAt(int index) {
    int[] starts = lineStarts();
    int found = Arrays.binarySearch(starts, index);
    int line = found >= 0 ? found : -found - 2;
    return place(line, text.codePointCount(starts[line], index), 1);
  }

  /// The line's text without its end; empty for a line behind the last.
  String line(int line) {
    int[] starts = lineStarts();
    if (line >= starts.length) {
      return "";
    }
    int start = starts[line];
    int end = line + 1 < starts.length ? starts[line + 1] : text.length();
    while (end > start && isBreak(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private int[] lineStarts() {
    int[] starts = lineStarts;
    if (starts == null) {
      starts = findLineStarts();
      lineStarts = starts;
    }
    return starts;
  }

  private int[] findLineStarts() {
    int[] starts = new int[64];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends = c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1));
      if (ends) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }
}
