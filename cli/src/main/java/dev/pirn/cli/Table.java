package dev.pirn.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows of text in aligned columns, with a heading.
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> heading) {
    rows.add(heading);
  }

  /// A table with these headings.
  static Table of(String... heading) {
    return new Table(List.of(heading));
  }

  /// Adds a row, which has as many cells as there are headings.
  Table row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "%d headings, %d cells".formatted(rows.getFirst().size(), cells.length));
    }
    rows.add(List.of(cells));
    return this;
  }

  /// The rows as lines; the last column is not filled up.
  String text() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = Text.visible(row.get(i));
        line.append(cell).append(" ".repeat(widths[i] - width(cell))).append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(String cell) {
    String shown = Text.visible(cell);
    return shown.codePointCount(0, shown.length());
  }
}
