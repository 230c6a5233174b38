package dev.pirn.registry;

import dev.pirn.live.Content;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a file declares, agent by agent, whatever is in force. After an edit, only the agents whose
/// lines have changed are read.
///
/// **Threading.** Immutable.
final class Declared {
  /// More agents than this are read faster with the whole file than one by one.
  private static final int MOST_ALONE = 200;

  private final @Nullable AgentRegistry around;
  private final List<Diagnostic> said;
  private final List<DeclaredAgent> agents;
  private final Set<String> ids;
  private final @Nullable AgentLines lines;

  private Declared(
      @Nullable AgentRegistry around,
      List<Diagnostic> said,
      List<DeclaredAgent> agents,
      Set<String> ids,
      @Nullable AgentLines lines) {
    this.around = around;
    this.said = said;
    this.agents = agents;
    this.ids = ids;
    this.lines = lines;
  }

  /// All that the file says but its agents; null if something of it is broken.
  @Nullable AgentRegistry around() {
    return around;
  }

  /// What is to be said of the file but its agents.
  List<Diagnostic> said() {
    return said;
  }

  /// The agents in the order of the file.
  List<DeclaredAgent> agents() {
    return agents;
  }

  /// Whether [#again] may be of use.
  boolean canBeReadAgain() {
    return lines != null;
  }

  /// Reads a file as a whole.
  static Declared of(Content content) {
    ParsedRegistry file = ParsedRegistry.of(content);
    AgentRegistry around = file.around();
    Set<String> ids = new HashSet<>();
    file.entries().forEach(entry -> ids.add(entry.key().text()));
    AgentReader reader =
        new AgentReader(ids, around == null ? RegistryConfig.DEFAULTS : around.config());
    AgentLines lines =
        around == null || file.root() == null || file.agents() == null || !file.plain()
            ? null
            : AgentLines.of(content.bytes(), file.root(), file.agents());
    return new Declared(
        around, file.said(), file.entries().stream().map(reader::read).toList(), ids, lines);
  }

  /// Reads the file again, and of its agents only those whose lines have changed.
  ///
  /// @return null if what has changed cannot be told from a part of the file
  @Nullable Declared again(Content content) {
    if (lines == null || around == null) {
      return null;
    }
    if (lines.are(content.bytes())) {
      return this;
    }
    AgentLines.Excerpt excerpt = lines.excerpt(content);
    if (excerpt == null) {
      return null;
    }
    ParsedRegistry part = ParsedRegistry.of(excerpt.content());
    AgentRegistry aroundNow = part.around();
    if (aroundNow == null || part.root() == null || part.agents() == null || !part.plain()) {
      return null;
    }
    AgentLines linesNow = lines.with(content.bytes(), excerpt, part.root(), part.agents());
    boolean sameRules = aroundNow.config().validation().equals(around.config().validation());
    return linesNow == null || !sameRules
        ? null
        : merged(aroundNow, part, excerpt, linesNow, content);
  }

  private @Nullable Declared merged(
      AgentRegistry aroundNow,
      ParsedRegistry part,
      AgentLines.Excerpt excerpt,
      AgentLines linesNow,
      Content content) {
    List<DeclaredAgent> before = agents.subList(0, excerpt.first());
    List<DeclaredAgent> behind = agents.subList(excerpt.after(), agents.size());
    List<YamlMap.Entry> found = part.entries();
    List<YamlMap.Entry> changed = found.subList(0, found.size() - (behind.isEmpty() ? 0 : 1));
    int count = before.size() + changed.size() + behind.size();
    Set<String> idsNow = HashSet.newHashSet(count);
    before.forEach(agent -> idsNow.add(agent.id()));
    changed.forEach(entry -> idsNow.add(entry.key().text()));
    behind.forEach(agent -> idsNow.add(agent.id()));
    if (idsNow.size() < count) {
      return null;
    }
    AgentReader reader = new AgentReader(idsNow, aroundNow.config());
    List<DeclaredAgent> all = new ArrayList<>(count);
    all.addAll(before);
    changed.forEach(entry -> all.add(reader.read(entry).down(excerpt.leftOutLines())));
    behind.forEach(agent -> all.add(agent.down(excerpt.further())));
    if (!idsNow.equals(ids) && !lookAgain(all, linesNow, reader, content)) {
      return null;
    }
    int firstLine = found.getFirst().key().place().line();
    int leftOut = excerpt.leftOutLines() + excerpt.leftOutBehind();
    List<Diagnostic> saidNow =
        part.said().stream()
            .map(problem -> isBehind(problem, firstLine) ? problem.down(leftOut) : problem)
            .toList();
    return new Declared(aroundNow, saidNow, all, idsNow, linesNow);
  }

  private static boolean isBehind(Diagnostic problem, int line) {
    Place place = problem.place();
    return place != null && place.line() > line;
  }

  /// Reads the agents again that name others, as there are others now.
  private static boolean lookAgain(
      List<DeclaredAgent> all, AgentLines lines, AgentReader reader, Content content) {
    int[] which = IntStream.range(0, all.size()).filter(i -> all.get(i).refers()).toArray();
    if (which.length > MOST_ALONE) {
      return false;
    }
    for (int i : which) {
      ParsedRegistry alone = ParsedRegistry.of(new Content(content.file(), lines.alone(i)));
      if (alone.entries().size() != 1) {
        return false;
      }
      all.set(i, reader.read(alone.entries().getFirst()).down(lines.linesBefore(i)));
    }
    return true;
  }
}
