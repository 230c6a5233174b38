package dev.pirn.settings;

import dev.pirn.live.Place;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The text of one `.env` file, and the places in it.
///
/// Lines end with `\n`, `\r\n` or `\r`.
final class EnvText {
  /// A longer line is not shown beside a problem.
  private static final int LONGEST_SHOWN = 1_000;

  private final Path file;
  private final String text;
  private final int[] lineStarts;

  EnvText(Path file, String text) {
    this.file = file;
    this.text = text;
    this.lineStarts =
        IntStream.concat(
                IntStream.of(0),
                IntStream.rangeClosed(1, text.length()).filter(i -> endsLine(text, i - 1)))
            .toArray();
  }

  private static boolean endsLine(String text, int at) {
    char c = text.charAt(at);
    return c == '\n' || (c == '\r' && !text.startsWith("\n", at + 1));
  }

  Path file() {
    return file;
  }

  String text() {
    return text;
  }

  /// The line of an index, from 1.
  int line(int index) {
    int found = Arrays.binarySearch(lineStarts, index);
    return found >= 0 ? found + 1 : -found - 1;
  }

  int lineStart(int index) {
    return lineStarts[line(index) - 1];
  }

  /// The index of the end of the line, before what ends it.
  int lineEnd(int index) {
    int end = index;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /// The index behind what ends the line.
  int nextLine(int index) {
    int line = line(index);
    return line < lineStarts.length ? lineStarts[line] : text.length();
  }

  /// A stretch of a line without showing the line.
  Place hidden(int start, int end) {
    return place(start, end, null);
  }

  /// A stretch of a line, which is shown up to an index, and then a text.
  Place shown(int start, int end, int upTo, String then) {
    int from = lineStart(start);
    int to = Math.min(upTo, lineEnd(start));
    String line = to - from > LONGEST_SHOWN ? null : text.substring(from, to) + then;
    return place(start, end, line);
  }

  private Place place(int start, int end, @Nullable String shown) {
    int from = lineStart(start);
    int to = Math.min(Math.max(start, end), lineEnd(start));
    return new Place(
        file,
        line(start),
        text.codePointCount(from, start) + 1,
        Math.max(1, text.codePointCount(start, to)),
        shown);
  }
}
