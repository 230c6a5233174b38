package dev.pirn.yaml;

import dev.pirn.live.Place;

/// Where a node is, counted from 0; the [Place] with its line's text is made on demand.
///
/// @param endLine the line of the end
/// @param endColumn the column behind the end
record Span(SourceText source, int line, int column, int endLine, int endColumn) {
  /// What of it stands in its first line.
  Place place() {
    return endLine == line
        ? source.place(line, column, endColumn - column)
        : source.placeToEnd(line, column);
  }

  /// Where a part of the scalar's text stands, if it is spelled out in the file as often as in the
  /// text: then the n-th occurrence in the file is the n-th in the text. Else the whole.
  Place placeOf(String text, int start, int end) {
    String part = text.substring(start, end);
    int from = source.index(line, column);
    String written = source.text().substring(from, source.index(endLine, endColumn));
    if (part.isBlank() || count(part, written) != count(part, text)) {
      return place();
    }
    int before = count(part, text.substring(0, Math.min(text.length(), end - 1)));
    int found = -1;
    for (int i = 0; i <= before; i++) {
      found = written.indexOf(part, found + 1);
    }
    return source.placeAt(from + found, part.codePointCount(0, part.length()));
  }

  private static int count(String part, String text) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      count++;
    }
    return count;
  }
}
