package dev.pirn.yaml;

import dev.pirn.live.Place;

/// Where a node is, in numbers from 0; the [Place] with the line's text is made on demand.
///
/// @param length in code points, or -1 for all that follows in the line
record Span(SourceText source, int line, int column, int length) {
  Place place() {
    return length < 0 ? source.placeToEnd(line, column) : source.place(line, column, length);
  }
}
