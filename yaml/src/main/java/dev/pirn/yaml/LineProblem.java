package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says what is wrong with a line that is not a `key: value` where there should be one. The slip is
/// often in a line above, which until then was the beginning of a text of several lines.
final class LineProblem {
  /// A key and a value without a space between, as in `name:foo`; not a `http://…`.
  private static final Pattern COLON_WITHOUT_SPACE =
      Pattern.compile("[\\s-]*+([\\w.-]++):[^\\s:/]");

  private static final Pattern DASH_WITHOUT_SPACE = Pattern.compile("\\s*+(-)[^\\s-]");

  /// A key with a value on its line.
  private static final Pattern KEY_WITH_VALUE =
      Pattern.compile("[\\s-]*+[^\\s:#][^:]*+:\\s+[^\\s#]");

  private final SourceText source;
  private final int line;
  private final String text;

  LineProblem(SourceText source, int line) {
    this.source = source;
    this.line = line;
    this.text = source.line(line);
  }

  /// Whether the text looks like a key and a value without a space between.
  static boolean lacksSpace(String text) {
    return COLON_WITHOUT_SPACE.matcher(text).lookingAt();
  }

  /// A line should have a colon and has none, or not one that counts.
  Diagnostic noColon() {
    Matcher colon = COLON_WITHOUT_SPACE.matcher(text);
    if (colon.lookingAt()) {
      return noSpaceAfter("colon", colon.end(1));
    }
    Matcher dash = DASH_WITHOUT_SPACE.matcher(text);
    if (dash.lookingAt()) {
      return noSpaceAfter("dash", dash.start(1));
    }
    return Diagnostic.error(
            Code.SYNTAX.id(),
            source.placeToEnd(line, indent(text)),
            Quoting.quote(text) + " is not a \"key: value\"")
        .help("add the colon, or indent the line if it belongs to the text above");
  }

  /// A colon stands where no key can be.
  Diagnostic unexpectedColon(int column) {
    String before = source.before(line, column);
    if (KEY_WITH_VALUE.matcher(before).lookingAt()) {
      return colonInValue(column);
    }
    int nearest = lineAbove(line);
    for (int above = nearest; above >= 0; above = lineAbove(above)) {
      String textAbove = source.line(above);
      if (lacksSpace(textAbove)) {
        return new LineProblem(source, above).noColon();
      }
      if (KEY_WITH_VALUE.matcher(textAbove).lookingAt()) {
        return above == nearest ? tooFarIn() : colonInValue(column);
      }
      if (textAbove.stripTrailing().endsWith(":")) {
        break;
      }
    }
    return nearest < 0 ? colonInValue(column) : new LineProblem(source, nearest).noColon();
  }

  /// The last line before that is neither blank nor a comment; empty if there is none.
  String textAbove() {
    int above = lineAbove(line);
    return above < 0 ? "" : source.line(above);
  }

  private Diagnostic colonInValue(int column) {
    return Diagnostic.error(
            Code.NEEDS_QUOTES.id(),
            source.place(line, column, 1),
            "a colon and a space cannot stand inside a value")
        .help("put the whole value in quotes");
  }

  private Diagnostic tooFarIn() {
    return Diagnostic.error(
            Code.INDENTATION.id(),
            source.placeToEnd(line, indent(text)),
            "the line is indented, but the key above has its value already")
        .help("indent it like the key above, or put the value above in quotes if it goes on here");
  }

  private Diagnostic noSpaceAfter(String what, int index) {
    return Diagnostic.error(
            Code.NO_SPACE.id(),
            source.place(line, text.codePointCount(0, index), 1),
            "a space is missing after the " + what)
        .help("add the space, or put the whole value in quotes if it is text");
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }

  /// The last line before another that is neither blank nor a comment; -1 if there is none.
  private int lineAbove(int line) {
    for (int above = line - 1; above >= 0; above--) {
      String text = source.line(above).strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        return above;
      }
    }
    return -1;
  }
}
