package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// What the engine says of bad syntax, in our words.
final class SyntaxProblem {
  private SyntaxProblem() {}

  static Diagnostic explain(RuntimeException failure, Event last, SourceText source) {
    String message = failure.getMessage();
    Mark mark = last.getEndMark().orElseThrow();
    if (failure instanceof MarkedYamlEngineException marked) {
      message = marked.getProblem();
      mark = marked.getProblemMark().orElse(mark);
    }
    Place place = source.place(mark.getLine(), mark.getColumn(), 1);
    return Diagnostic.error(Code.SYNTAX.id(), place, "bad syntax: " + message);
  }

  /// A list or a map stands where a key should be.
  static Diagnostic keyNotText(YamlNode key) {
    return Diagnostic.error(
            Code.KEY_NOT_TEXT.id(),
            key.place(),
            "a key must be text, found " + Quoting.describe(key))
        .help("to write braces or brackets as text, put the value in quotes");
  }
}
