package dev.pirn.agents;

import dev.pirn.live.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/// Makes places of what compilers and interpreters say of code.
final class CodePlace {
  private CodePlace() {}

  /// Where javac found something. Its columns count a tab as eight, so the position is counted
  /// anew.
  static Place of(Diagnostic<? extends JavaFileObject> found) {
    JavaFileObject source = found.getSource();
    if (source == null) {
      return Place.of(Path.of("").toAbsolutePath());
    }
    Path file = Path.of(source.toUri());
    try {
      String text = source.getCharContent(true).toString();
      int at = (int) Math.min(found.getPosition(), text.length());
      if (at < 0) {
        return Place.of(file);
      }
      int start = text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
      start = Math.min(start, at);
      int end = text.indexOf('\n', at);
      String line = text.substring(start, end < 0 ? text.length() : end).stripTrailing();
      int column = text.codePointCount(start, at) + 1;
      long last = Math.min(found.getEndPosition(), end < 0 ? text.length() : end);
      int length = Math.max(1, text.codePointCount(at, (int) Math.max(at, last)));
      int number = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
      return new Place(file, number, column, length, line);
    } catch (IOException e) {
      return Place.of(file);
    }
  }

  /// A line and column of a file, with the text of the line if it is there.
  static Place of(Path file, int line, int column) {
    try {
      String text = Files.readString(file);
      return text.lines()
          .skip(Math.max(0, line - 1L))
          .findFirst()
          .map(it ->
              new Place(file, Math.max(1, line), Math.clamp(column, 1, it.length() + 1), 1, it))
          .orElse(Place.of(file));
    } catch (IOException e) {
      return Place.of(file);
    }
  }
}
