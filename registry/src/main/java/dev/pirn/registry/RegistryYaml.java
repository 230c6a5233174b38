package dev.pirn.registry;

import dev.pirn.yaml.Key;
import dev.pirn.yaml.Text;
import dev.pirn.yaml.YamlMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A registry's file as it is written. Agents are read one by one, so that one that is broken does
/// not take the others with it.
record RegistryYaml(
    @Text(matches = "\\d+\\.\\d+", like = "a version like \"1.0\"") String version,
    @Nullable RegistryInfo registry,
    YamlMap agents,
    Map<String, AgentCategory> categories,
    Map<String, AgentEnvironment> environments,
    @Key("tag_taxonomy") @Nullable TagTaxonomy tagTaxonomy,
    @Nullable RegistryConfig config) {

  RegistryConfig configOrDefaults() {
    return config == null ? RegistryConfig.DEFAULTS : config;
  }
}
