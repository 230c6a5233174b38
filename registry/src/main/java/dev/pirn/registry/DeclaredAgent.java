package dev.pirn.registry;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
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
    List<Diagnostic> moved = said.stream().map(problem -> problem.down(lines)).toList();
    return new DeclaredAgent(id, place.down(lines), definition, moved, refers);
  }
}
