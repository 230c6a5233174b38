package dev.pirn.live;

import java.util.function.IntConsumer;

/// A source line as people see it, and below it the marks.
///
/// Control characters, and those that turn the direction of writing, are shown as escapes, so that
/// a file's name or text can neither forge lines nor steer a terminal. Of a long line only the
/// neighbourhood of the marks is shown.
///
/// @param text the line
/// @param indent what brings the marks below their text; a tab stays a tab
/// @param marks how many columns are marked
record Excerpt(String text, String indent, int marks) {
  /// How many code points of a line are shown at most.
  static final int LONGEST = 160;

  /// How many of them stand before the marks at least, if there are so many.
  private static final int BEFORE = 40;

  static Excerpt of(String line, int column, int length) {
    int size = line.codePointCount(0, line.length());
    int from = Math.min(column - 1, size);
    int to = Math.min(from + Math.max(length, 1), size);
    int first = size <= LONGEST ? 0 : Math.clamp(from - BEFORE, 0, size - LONGEST);
    int last = Math.min(size, first + LONGEST);
    String before = cut(line, first, from);
    String marked = cut(line, from, Math.min(to, last));
    String after = cut(line, Math.min(to, last), last);
    String start = first > 0 ? "…" : "";
    return new Excerpt(
        start + visible(before) + visible(marked) + visible(after) + (last < size ? "…" : ""),
        " ".repeat(start.length()) + blank(visible(before)),
        Math.max(1, columns(visible(marked))));
  }

  private static String cut(String line, int from, int to) {
    int begin = line.offsetByCodePoints(0, from);
    return line.substring(begin, line.offsetByCodePoints(begin, to - from));
  }

  private static String blank(String text) {
    StringBuilder out = new StringBuilder();
    each(text, c -> out.append(c == '\t' ? "\t" : " ".repeat(columns(c))));
    return out.toString();
  }

  private static int columns(String text) {
    return text.codePoints().map(Excerpt::columns).sum();
  }

  /// How many columns of a terminal a character takes.
  private static int columns(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> wide(c) ? 2 : 1;
    };
  }

  private static boolean wide(int c) {
    return c >= 0x1100
        && (c <= 0x115f
            || in(c, 0x2e80, 0x303e)
            || in(c, 0x3041, 0xa4cf)
            || in(c, 0xa960, 0xa97f)
            || in(c, 0xac00, 0xd7a3)
            || in(c, 0xf900, 0xfaff)
            || in(c, 0xfe30, 0xfe6f)
            || in(c, 0xff00, 0xff60)
            || in(c, 0xffe0, 0xffe6)
            || in(c, 0x1f300, 0x1f64f)
            || in(c, 0x1f680, 0x1f6ff)
            || in(c, 0x1f900, 0x1f9ff)
            || in(c, 0x1fa70, 0x1faff)
            || in(c, 0x20000, 0x3fffd));
  }

  private static boolean in(int c, int first, int last) {
    return first <= c && c <= last;
  }

  /// A text in which nothing can do more than be read.
  static String visible(String text) {
    if (text.codePoints().noneMatch(Excerpt::harmful)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    each(
        text,
        c -> {
          if (!harmful(c)) {
            out.appendCodePoint(c);
          } else if (c == '\n') {
            out.append("\\n");
          } else if (c == '\r') {
            out.append("\\r");
          } else {
            out.append("\\u%04x".formatted(c));
          }
        });
    return out.toString();
  }

  private static boolean harmful(int c) {
    return (Character.isISOControl(c) && c != '\t')
        || c == 0x61c
        || c == 0x200e
        || c == 0x200f
        || in(c, 0x2028, 0x202e)
        || in(c, 0x2066, 0x2069)
        || c == 0xfeff
        || in(c, 0xd800, 0xdfff);
  }

  private static void each(String text, IntConsumer action) {
    text.codePoints().forEachOrdered(action);
  }
}
