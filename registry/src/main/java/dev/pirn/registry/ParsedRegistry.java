package dev.pirn.registry;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlBinder;
import dev.pirn.yaml.YamlMap;
import dev.pirn.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file, or an excerpt of one, whose agents are not yet read.
///
/// @param root null if it is none
/// @param agents null if there are none
/// @param around all that it says but its agents; null if something of it is broken
/// @param said what is to be said of it but its agents
/// @param plain whether nothing is to be said of the text itself
record ParsedRegistry(
    @Nullable YamlMap root,
    @Nullable YamlMap agents,
    @Nullable AgentRegistry around,
    List<Diagnostic> said,
    boolean plain) {
  private static final YamlBinder<RegistryYaml> BINDER =
      Yaml.binder(RegistryYaml.class, RegistryDecoder.OPTIONS);

  static ParsedRegistry of(Content content) {
    Decoded<YamlNode> parsed = Yaml.parse(content, RegistryDecoder.OPTIONS);
    List<Diagnostic> said = new ArrayList<>(parsed.diagnostics());
    YamlNode node = parsed.value();
    if (node == null) {
      return new ParsedRegistry(null, null, null, said, false);
    }
    RegistryYaml written = BINDER.bind(node, said);
    YamlMap root = node instanceof YamlMap map ? map : null;
    YamlMap agents = root != null && root.get("agents") instanceof YamlMap map ? map : null;
    if (agents != null && agents.entries().isEmpty()) {
      said.add(Problems.noAgents(agents.place()));
    }
    AgentReader.checkConfig(node, said);
    return new ParsedRegistry(
        root,
        agents,
        written == null || Diagnostic.anyError(said) ? null : AgentRegistry.around(written),
        said,
        parsed.diagnostics().isEmpty());
  }

  List<YamlMap.Entry> entries() {
    return agents == null ? List.of() : List.copyOf(agents.entries());
  }
}
