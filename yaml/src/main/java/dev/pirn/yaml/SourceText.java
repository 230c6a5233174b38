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
  private static final int LONGEST_SHOWN = 1_000;

  private final Path file;
  private final String text;
  private volatile int @Nullable [] lineStarts;

  SourceText(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /// The file that places name.
  Path file() {
    return file;
  }

  String text() {
    return text;
  }

  /// A stretch of one line, in code points; at least one is marked. What reaches over the line's
  /// end is cut.
  Place place(int line, int column, int length) {
    String shown = line(line);
    int all = shown.codePointCount(0, shown.length());
    int start = Math.min(column, all);
    int marked = Math.max(1, Math.min(length, all - start));
    return new Place(
        file, line + 1, start + 1, marked, shown.length() > LONGEST_SHOWN ? null : shown);
  }

  /// From a column to the end of what stands in its line.
  Place placeToEnd(int line, int column) {
    String shown = line(line).stripTrailing();
    return place(line, column, shown.codePointCount(0, shown.length()) - column);
  }

  /// A stretch of one line from an index of the text on, in code points.
  Place placeAt(int index, int length) {
    int[] starts = lineStarts();
    int found = Arrays.binarySearch(starts, index);
    int line = found >= 0 ? found : -found - 2;
    return place(line, text.codePointCount(starts[line], index), length);
  }

  /// The index of the text at a line and a column; the text's length behind its end.
  int index(int line, int column) {
    int[] starts = lineStarts();
    return line < starts.length ? starts[line] + before(line, column).length() : text.length();
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

  /// What stands in a line before a column.
  String before(int line, int column) {
    String all = line(line);
    int most = all.codePointCount(0, all.length());
    return all.substring(0, all.offsetByCodePoints(0, Math.min(column, most)));
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
    int feed = text.indexOf('\n');
    int carriage = text.indexOf('\r');
    while (feed >= 0 || carriage >= 0) {
      boolean alone = carriage >= 0 && (feed < 0 || carriage < feed - 1);
      int end = alone ? carriage : feed;
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = end + 1;
      feed = feed < 0 || alone ? feed : text.indexOf('\n', end + 1);
      carriage = carriage < 0 || carriage > end ? carriage : text.indexOf('\r', end + 1);
    }
    return Arrays.copyOf(starts, count);
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }
}
