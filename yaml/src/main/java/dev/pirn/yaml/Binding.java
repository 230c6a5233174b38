package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run of making values from the nodes of one file: where it is, and what it has reported.
final class Binding {
  private final YamlOptions options;
  private final Problems problems;
  // The keys and indexes from the root to the node in work.
  private final List<Object> path = new ArrayList<>();
  private boolean unitTold;

  Binding(YamlOptions options, Problems problems) {
    this.options = options;
    this.problems = problems;
  }

  YamlOptions options() {
    return options;
  }

  /// Binds what stands below a key (a `String`) or at an index (an `Integer`).
  @Nullable Object bindAt(Object step, Shape shape, YamlNode node) {
    path.addLast(step);
    Object value = shape.bind(node, this);
    path.removeLast();
    return value;
  }

  void report(Diagnostic diagnostic) {
    problems.add(diagnostic);
  }

  /// Reports an error at a node, and gives [Shape#NONE].
  Object fail(Code code, YamlNode node, String message) {
    return fail(code, node.place(), message, null, null);
  }

  /// Reports an error, and gives [Shape#NONE].
  Object fail(
      Code code, Place place, String message, @Nullable String hint, @Nullable String help) {
    report(Diagnostic.error(code.id(), place, message).hint(hint).help(help));
    return Shape.NONE;
  }

  /// Reports that a node is something else than its shape expects, and gives [Shape#NONE].
  Object mismatch(Code code, YamlNode node, String expected, @Nullable String help) {
    String message = here() + " must be " + expected + ", found " + Quoting.describe(node);
    return fail(code, node.place(), message, null, help);
  }

  /// Reports that a node is no map, and gives [Shape#NONE].
  Object notMapping(YamlNode node, @Nullable String help) {
    boolean noSpace = node instanceof YamlScalar scalar && LineProblem.lacksSpace(scalar.text());
    return mismatch(
        Code.WRONG_KIND, node, "a mapping", noSpace ? "write a space after the colon" : help);
  }

  /// Reports that a key is not in a map, and gives [Shape#NONE].
  Object missing(String key, Shape shape, YamlMap map) {
    String name = Quoting.quote(key);
    return fail(
        Code.MISSING_KEY,
        map.place(),
        "the key " + name + " is missing" + inHere(),
        null,
        "add " + name + ": it must be " + shape.expected());
  }

  /// Reports that a key is in a map and has no value, and gives [Shape#NONE].
  Object valueless(YamlScalar key, Shape shape) {
    path.addLast(key.text());
    String message = here() + " has no value";
    path.removeLast();
    return fail(Code.MISSING_KEY, key.place(), message, null, "it must be " + shape.expected());
  }

  /// The node in work as the subject of a message: `"server.port"`, or `this` at the root.
  String here() {
    return path.isEmpty() ? "this" : Quoting.quotePath(path());
  }

  /// The node in work as the end of a message: ` in "server"`, or nothing at the root.
  String inHere() {
    return path.isEmpty() ? "" : " in " + here();
  }

  /// Whether a duration without a unit is met for the first time.
  boolean tellUnit() {
    boolean first = !unitTold;
    unitTold = true;
    return first;
  }

  private String path() {
    StringBuilder out = new StringBuilder();
    for (Object step : path) {
      if (step instanceof Integer index) {
        out.append('[').append(index).append(']');
      } else {
        out.append(out.isEmpty() ? "" : ".").append(step);
      }
    }
    return out.toString();
  }
}
