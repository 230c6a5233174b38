package dev.pirn.registry;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Decoder;
import dev.pirn.live.Diagnostic;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlBinder;
import dev.pirn.yaml.YamlMap;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a registry's file. An agent that is broken stays as it is in force, unless the file is
/// strict; anything else that is wrong refuses the file.
///
/// **Threading.** Immutable; safe for use by several threads.
final class RegistryDecoder implements Decoder<AgentRegistry> {
  /// Twenty thousand agents have 10 MB.
  static final int MOST_BYTES = 32 * 1024 * 1024;

  static final YamlOptions OPTIONS = YamlOptions.defaults().maxBytes(MOST_BYTES);

  private static final int MOST_PROBLEMS = 100;
  private static final YamlBinder<RegistryYaml> BINDER = Yaml.binder(RegistryYaml.class, OPTIONS);

  @Override
  public Decoded<AgentRegistry> decode(Content content) {
    return decode(content, null);
  }

  @Override
  public Decoded<AgentRegistry> decode(Content content, @Nullable AgentRegistry inForce) {
    Decoded<YamlNode> parsed = Yaml.parse(content, OPTIONS);
    YamlNode root = parsed.value();
    if (root == null) {
      return Decoded.failed(parsed.diagnostics());
    }
    List<Diagnostic> found = new ArrayList<>(parsed.diagnostics());
    RegistryYaml written = BINDER.bind(root, found);
    if (root instanceof YamlMap map
        && map.get("agents") instanceof YamlMap agents
        && agents.entries().isEmpty()) {
      found.add(Problems.noAgents(agents.place()));
    }
    RegistryConfig config = written == null ? RegistryConfig.DEFAULTS : written.configOrDefaults();
    AgentReader.checkConfig(root, found);
    boolean whole = written != null && !Diagnostic.anyError(found);
    Map<String, Agent> agents = new LinkedHashMap<>();
    Map<String, List<Diagnostic>> refused = new LinkedHashMap<>();
    if (root instanceof YamlMap map && map.get("agents") instanceof YamlMap declared) {
      AgentReader reader = new AgentReader(declared, config);
      for (YamlMap.Entry entry : declared.entries()) {
        boolean stays = whole && !config.validation().strictMode();
        read(entry, reader, stays ? inForce : null, stays, agents, refused, found);
      }
    }
    boolean strict = config.validation().strictMode() && !refused.isEmpty();
    return written == null || !whole || strict
        ? Decoded.failed(bounded(found))
        : Decoded.partly(new AgentRegistry(written, agents, refused), bounded(found));
  }

  /// @param onlyIt whether the rest of the file is put in force even if this agent is broken
  private static void read(
      YamlMap.Entry entry,
      AgentReader reader,
      @Nullable AgentRegistry inForce,
      boolean onlyIt,
      Map<String, Agent> agents,
      Map<String, List<Diagnostic>> refused,
      List<Diagnostic> found) {
    String id = entry.key().text();
    List<Diagnostic> said = new ArrayList<>();
    AgentDefinition definition = reader.read(entry, said);
    if (definition != null) {
      agents.put(id, new Agent(id, definition, entry.key().place()));
      found.addAll(said);
      return;
    }
    Agent before = inForce == null ? null : inForce.get(id).orElse(null);
    if (before != null) {
      agents.put(id, before);
    }
    String stays =
        before == null
            ? "no agent \"%s\" is in force".formatted(id)
            : "the last good definition of \"%s\" stays in force".formatted(id);
    List<Diagnostic> why =
        said.stream().map(d -> d.isError() && onlyIt ? d.inForce(stays) : d).toList();
    refused.put(id, why);
    found.addAll(why);
  }

  /// Sorted by place, and not more than anybody reads.
  private static List<Diagnostic> bounded(List<Diagnostic> found) {
    found.sort(Diagnostic.BY_PLACE);
    if (found.size() <= MOST_PROBLEMS) {
      return found;
    }
    List<Diagnostic> first = new ArrayList<>(found.subList(0, MOST_PROBLEMS));
    first.add(Problems.more(found.size() - MOST_PROBLEMS, Diagnostic.anyError(found)));
    return first;
  }
}
