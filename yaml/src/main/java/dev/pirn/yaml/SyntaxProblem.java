package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/// Says what is wrong with syntax that the engine refused, in the words of somebody who looks at
/// the file: the engine names the token at which its rules ended, which is often behind the slip.
///
/// The engine's texts are matched in this file and nowhere else. One that is not known gives a
/// general message.
final class SyntaxProblem {
  private static final String IN_QUOTES = "put the whole value in quotes";

  private final SourceText source;
  private final String problem;
  private final Mark mark;
  private final @Nullable Mark start;

  /// @param problem the engine's words
  /// @param mark where the engine ended
  /// @param start where what it was reading began, or null
  private SyntaxProblem(SourceText source, String problem, Mark mark, @Nullable Mark start) {
    this.source = source;
    this.problem = problem;
    this.mark = mark;
    this.start = start;
  }

  /// @param last where the engine was before, for failures that do not say where
  static Diagnostic explain(RuntimeException failure, Mark last, SourceText source) {
    if (failure instanceof YamlVersionException) {
      return Diagnostic.error(
              Code.SYNTAX.id(), Place.of(source.file()), "the version after %YAML is not supported")
          .help("remove the line; YAML 1.2 is read");
    }
    if (failure instanceof MarkedYamlEngineException marked) {
      Mark mark = marked.getProblemMark().orElse(last);
      Mark start = marked.getContextMark().orElse(null);
      String context = Objects.requireNonNullElse(marked.getContext(), "");
      return new SyntaxProblem(source, marked.getProblem(), mark, start).explain(context);
    }
    // The engine fails without a word on escapes beyond all bounds, such as \UFFFFFFFF.
    int index = source.text().indexOf("\\U", source.index(last.getLine(), last.getColumn()));
    return noEscape(source.placeAt(Math.max(0, index), 2));
  }

  private Diagnostic explain(String context) {
    if (problem.contains("TAB")) {
      return error(Code.TAB, here(), "a tab cannot indent a line", "indent with spaces");
    }
    return switch (context) {
      case "while scanning for the next token", "while parsing a block node" -> badStart();
      case "while scanning a quoted scalar" -> openQuote();
      case "while scanning a double-quoted scalar" -> badEscape();
      case "while scanning a block scalar" -> badBlock();
      case "while scanning a simple key" -> new LineProblem(source, start().getLine()).noColon();
      case "while scanning an alias",
          "while scanning an anchor",
          "while scanning a tag",
          "while scanning a directive",
          "while scanning a YAML directive" ->
          special();
      case "while parsing a node" -> badTag();
      case "while parsing a flow node" -> noValue();
      case "while parsing a flow sequence" -> openBracket("]");
      case "while parsing a flow mapping" -> openBracket("}");
      case "while parsing a block mapping", "while parsing a block collection" -> misplaced();
      default -> notAllowed();
    };
  }

  private Diagnostic badStart() {
    return error(
        Code.NEEDS_QUOTES,
        toEnd(mark),
        "a value cannot start with " + Quoting.quote(at(mark)),
        IN_QUOTES);
  }

  private Diagnostic special() {
    return error(
        Code.NEEDS_QUOTES,
        toEnd(start()),
        Quoting.quote(at(start())) + " has a special meaning here",
        IN_QUOTES);
  }

  private Diagnostic openQuote() {
    return error(
        Code.QUOTES,
        toEnd(start()),
        "the quote that opens here is not closed",
        "add the closing " + at(start()));
  }

  private Diagnostic badEscape() {
    // The engine stands at the letter that it does not know, or behind it.
    boolean atLetter = problem.startsWith("found unknown") && problem.endsWith(")");
    int column = Math.max(0, mark.getColumn() - (atLetter ? 1 : 2));
    return noEscape(source.place(mark.getLine(), column, 2));
  }

  private static Diagnostic noEscape(Place place) {
    return error(
        Code.QUOTES,
        place,
        "there is no such escape",
        "write \\\\ for a backslash, or use single quotes");
  }

  private Diagnostic badBlock() {
    if (problem.contains("leading empty lines")) {
      return error(
          Code.INDENTATION,
          here(),
          "the empty lines before this text have more spaces than its first line",
          "remove the spaces of the empty lines");
    }
    return error(
        Code.SYNTAX,
        toEnd(mark),
        "text cannot start on the line of its " + Quoting.quote(at(start())),
        "start it on the next line, indented");
  }

  private Diagnostic badTag() {
    return error(
        Code.TAG,
        toEnd(mark),
        "the tag does not belong here",
        "remove it; only plain data is read, without types of any program");
  }

  private Diagnostic noValue() {
    if (found().equals("<stream end>")) {
      int last = source.text().stripTrailing().length() - 1;
      return error(
          Code.SYNTAX,
          source.placeAt(last, 1),
          "the file ends inside brackets",
          "close the brackets");
    }
    String next = Quoting.quote(at(mark));
    return error(
        Code.SYNTAX, here(), "a value is missing before " + next, "add it, or remove the " + next);
  }

  private Diagnostic openBracket(String closing) {
    if (mark.getLine() == start().getLine()) {
      String message = "\",\" or \"%s\" is missing before this".formatted(closing);
      return error(Code.SYNTAX, here(), message, "add it, or " + IN_QUOTES);
    }
    boolean ended = problem.endsWith("<stream end>");
    return error(
            Code.SYNTAX,
            toEnd(start()),
            Quoting.quote(at(start())) + " is not closed",
            "add the closing " + Quoting.quote(closing))
        .related(ended ? List.of() : List.of(here()));
  }

  private Diagnostic notAllowed() {
    LineProblem line = new LineProblem(source, mark.getLine());
    if (problem.startsWith("mapping values")) {
      return line.unexpectedColon(mark.getColumn());
    }
    if (problem.startsWith("sequence entries")) {
      return error(
          Code.SYNTAX,
          here(),
          "a list cannot start on the line of its key",
          "start it on the next line, or put the value in quotes if it is text");
    }
    if (problem.startsWith("mapping keys")) {
      return badStart();
    }
    if (problem.startsWith("expected '<document start>'")) {
      String above = line.textAbove();
      if (above.startsWith("...")) {
        return error(
            Code.SECOND_DOCUMENT,
            toEnd(mark),
            "the file goes on after its end",
            "remove the \"...\"");
      }
      if (above.startsWith("%")) {
        return error(
            Code.SYNTAX,
            here(),
            "\"---\" is missing between a \"%\" line and this",
            "add the \"---\"");
      }
    }
    return misplaced();
  }

  /// Something that is right in itself stands where it cannot stand.
  private Diagnostic misplaced() {
    String before = source.before(mark.getLine(), mark.getColumn()).strip();
    if (before.isEmpty()) {
      return misplacedLine();
    }
    if (before.endsWith("'") || before.endsWith("\"")) {
      return error(
          Code.QUOTES,
          toEnd(mark),
          "text follows the closing quote",
          "inside single quotes write '' for a quote, inside double quotes \\\"");
    }
    if (before.endsWith("}") || before.endsWith("]")) {
      String last = before.substring(before.length() - 1);
      return error(
          Code.NEEDS_QUOTES,
          toEnd(mark),
          "text follows the closing " + Quoting.quote(last),
          "to write brackets as text, " + IN_QUOTES);
    }
    return unexpected();
  }

  private Diagnostic misplacedLine() {
    return switch (found()) {
      case "-" ->
          error(
              Code.INDENTATION,
              here(),
              "a list item stands among the keys of a mapping",
              "indent it below the key that it belongs to");
      case "?" ->
          error(
              Code.INDENTATION,
              toEnd(mark),
              "a key stands among the items of a list",
              "indent it to belong to the item above, or start it with \"- \"");
      case ":" -> error(Code.SYNTAX, here(), "a key is missing before the colon", "add the key");
      case "<block mapping start>", "<block sequence start>", "<scalar>" ->
          error(
              Code.INDENTATION,
              toEnd(mark),
              "the indentation fits no line above",
              "indent it exactly like the lines that it belongs to");
      default -> unexpected();
    };
  }

  private Diagnostic unexpected() {
    return error(Code.SYNTAX, here(), "this cannot stand here", "if it is text, " + IN_QUOTES);
  }

  /// What the engine found instead, such as `<scalar>` or `-`.
  private String found() {
    int from = problem.indexOf("but found '");
    return from < 0 ? "" : problem.substring(from + 11, problem.length() - 1);
  }

  private Mark start() {
    return start == null ? mark : start;
  }

  /// The character at a mark; empty at the end of a line.
  private String at(Mark mark) {
    String line = source.line(mark.getLine());
    int index = source.before(mark.getLine(), mark.getColumn()).length();
    return index < line.length() ? Character.toString(line.codePointAt(index)) : "";
  }

  private Place here() {
    return source.place(mark.getLine(), mark.getColumn(), 1);
  }

  private Place toEnd(Mark mark) {
    return source.placeToEnd(mark.getLine(), mark.getColumn());
  }

  private static Diagnostic error(Code code, Place place, String message, String help) {
    return Diagnostic.error(code.id(), place, message).help(help);
  }
}
