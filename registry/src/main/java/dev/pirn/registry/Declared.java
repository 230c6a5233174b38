package dev.pirn.registry;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlBinder;
import dev.pirn.yaml.YamlMap;
import dev.pirn.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a file declares, agent by agent, whatever is in force. A file that has changed in a few
/// lines is read from them and from what was declared before.
///
/// **Threading.** Immutable.
final class Declared {
  /// More agents than this are read faster with the whole file than one by one.
  private static final int MOST_ALONE = 200;

  private static final YamlBinder<RegistryYaml> BINDER =
      Yaml.binder(RegistryYaml.class, RegistryDecoder.OPTIONS);

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
    Decoded<YamlNode> parsed = Yaml.parse(content, RegistryDecoder.OPTIONS);
    List<Diagnostic> said = new ArrayList<>(parsed.diagnostics());
    YamlNode root = parsed.value();
    if (root == null) {
      return new Declared(null, said, List.of(), Set.of(), null);
    }
    RegistryYaml written = BINDER.bind(root, said);
    YamlMap declared =
        root instanceof YamlMap map && map.get("agents") instanceof YamlMap found ? found : null;
    if (declared != null && declared.entries().isEmpty()) {
      said.add(Problems.noAgents(declared.place()));
    }
    AgentReader.checkConfig(root, said);
    boolean whole = written != null && !Diagnostic.anyError(said);
    RegistryConfig config = written == null ? RegistryConfig.DEFAULTS : written.configOrDefaults();
    Set<String> ids = new HashSet<>();
    List<DeclaredAgent> agents = List.of();
    if (declared != null) {
      declared.entries().forEach(entry -> ids.add(entry.key().text()));
      agents = read(declared, new AgentReader(ids, config));
    }
    // What was said of the text may be about an agent's lines.
    boolean alone = whole && declared != null && parsed.diagnostics().isEmpty();
    return new Declared(
        whole ? AgentRegistry.around(written) : null,
        said,
        agents,
        ids,
        alone ? AgentLines.of(content.bytes(), (YamlMap) root, declared) : null);
  }

  private static List<DeclaredAgent> read(YamlMap declared, AgentReader reader) {
    return declared.entries().stream().map(reader::read).toList();
  }

  /// Reads the file again, and of it only the agents whose lines have changed.
  ///
  /// @return null if what has changed cannot be read on its own
  @Nullable Declared again(Content content) {
    if (lines == null || around == null) {
      return null;
    }
    if (lines.are(content.bytes())) {
      return this;
    }
    AgentLines.Part part = lines.changed(content.bytes());
    if (part == null) {
      return null;
    }
    YamlMap changed = null;
    if (part.says()) {
      changed = parse(content, part.bytes());
      if (changed == null) {
        return null;
      }
    }
    AgentLines now = lines.with(content.bytes(), part, changed);
    return now == null ? null : again(around, part, changed, now, content);
  }

  private @Nullable Declared again(
      AgentRegistry around,
      AgentLines.Part part,
      @Nullable YamlMap changed,
      AgentLines now,
      Content content) {
    List<DeclaredAgent> first = agents.subList(0, part.first());
    List<DeclaredAgent> last = agents.subList(part.after(), agents.size());
    int between = changed == null ? 0 : changed.entries().size();
    Set<String> idsNow = HashSet.newHashSet(first.size() + between + last.size());
    first.forEach(agent -> idsNow.add(agent.id()));
    if (changed != null) {
      changed.entries().forEach(entry -> idsNow.add(entry.key().text()));
    }
    last.forEach(agent -> idsNow.add(agent.id()));
    if (idsNow.size() < first.size() + between + last.size()) {
      return null;
    }
    AgentReader reader = new AgentReader(idsNow, around.config());
    List<DeclaredAgent> all = new ArrayList<>(idsNow.size());
    all.addAll(first);
    if (changed != null) {
      read(changed, reader).forEach(agent -> all.add(agent.down(part.line())));
    }
    last.forEach(agent -> all.add(agent.down(part.further())));
    if (!idsNow.equals(ids) && !lookAgain(all, now, reader, content)) {
      return null;
    }
    List<Diagnostic> saidNow = said.stream().map(problem -> moved(problem, part)).toList();
    return new Declared(around, saidNow, all, idsNow, now);
  }

  /// Reads the agents again that name others, as there are others now.
  private static boolean lookAgain(
      List<DeclaredAgent> all, AgentLines lines, AgentReader reader, Content content) {
    int[] which = IntStream.range(0, all.size()).filter(i -> all.get(i).refers()).toArray();
    if (which.length > MOST_ALONE) {
      return false;
    }
    for (int i : which) {
      YamlMap one = parse(content, lines.of(i));
      if (one == null) {
        return false;
      }
      int line = all.get(i).place().line() - 1;
      all.set(i, reader.read(one.entries().getFirst()).down(line));
    }
    return true;
  }

  private static @Nullable YamlMap parse(Content content, byte[] piece) {
    Decoded<YamlNode> parsed =
        Yaml.parse(new Content(content.file(), piece), RegistryDecoder.OPTIONS);
    return parsed.value() instanceof YamlMap map && parsed.diagnostics().isEmpty() ? map : null;
  }

  private static Diagnostic moved(Diagnostic problem, AgentLines.Part part) {
    Place place = problem.place();
    return place == null || place.line() <= part.line()
        ? problem
        : DeclaredAgent.down(problem, part.further());
  }
}
