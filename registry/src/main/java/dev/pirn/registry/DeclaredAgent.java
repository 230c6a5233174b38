package dev.pirn.registry;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One agent as a file has it, whatever is in force.
///
/// @param place where its id stands
/// @param definition null if it is broken
/// @param said what is to be said of it, by place
/// @param refers whether it names other agents, so that it depends on which there are
record DeclaredAgent(
    String id,
    Place place,
    @Nullable AgentDefinition definition,
    List<Diagnostic> said,
    boolean refers) {

  /// The same, so many lines further down.
  DeclaredAgent down(int lines) {
    if (lines == 0) {
      return this;
    }
    List<Diagnostic> moved = new ArrayList<>(said.size());
    said.forEach(problem -> moved.add(down(problem, lines)));
    return new DeclaredAgent(id, down(place, lines), definition, moved, refers);
  }

  static Diagnostic down(Diagnostic problem, int lines) {
    Place at = problem.place();
    return new Diagnostic(
        problem.code(),
        problem.severity(),
        problem.message(),
        at == null ? null : down(at, lines),
        problem.hint(),
        problem.related().stream().map(other -> down(other, lines)).toList(),
        problem.inForce(),
        problem.help());
  }

  private static Place down(Place place, int lines) {
    return new Place(
        place.file(), place.line() + lines, place.column(), place.length(), place.text());
  }
}
