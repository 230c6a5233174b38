package dev.pirn.registry;

import dev.pirn.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The JSON Schema of a registry's file: that of the records which it is read into, and the rules
/// that stand between their fields.
final class RegistrySchema {
  private RegistrySchema() {}

  static Map<String, Object> make() {
    Map<String, Object> schema = Yaml.schema(RegistryYaml.class, RegistryDecoder.OPTIONS);
    schema.put("title", "Agent registry");
    Map<String, Object> agent = Yaml.schema(AgentDefinition.class, RegistryDecoder.OPTIONS);
    agent.remove("$schema");
    rules(agent).add(reason());
    Map<String, Object> agents = new LinkedHashMap<>();
    agents.put("type", "object");
    agents.put("minProperties", 1);
    agents.put("propertyNames", Map.of("pattern", "^" + AgentReader.ID.pattern() + "$"));
    agents.put("additionalProperties", agent);
    at(schema, "properties").put("agents", agents);
    rules(schema).add(closed("category", AgentReader.CATEGORIES, "allow_custom_categories"));
    rules(schema).add(closed("environment", AgentReader.ENVIRONMENTS, "allow_custom_environments"));
    Map<String, Object> config = at(at(schema, "properties"), "config");
    Map<String, Object> validation = at(at(config, "properties"), "validation");
    Map<String, Object> fields = at(at(validation, "properties"), "required_fields");
    fields.put("items", Map.of("enum", AgentReader.FIELDS));
    return schema;
  }

  /// A deprecated agent says why.
  private static Map<String, Object> reason() {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("if", has("deprecated", Map.of("const", true)));
    rule.put("then", hasAny("deprecation_reason", Map.of("not", Map.of("type", "null"))));
    return rule;
  }

  /// One of some words, unless the configuration allows others.
  private static Map<String, Object> closed(String key, List<String> words, String unless) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("if", has("config", has("validation", hasAny(unless, Map.of("const", true)))));
    rule.put("then", true);
    Map<String, Object> agent = Map.of("properties", Map.of(key, Map.of("enum", words)));
    rule.put("else", Map.of("properties", Map.of("agents", Map.of("additionalProperties", agent))));
    return rule;
  }

  private static Map<String, Object> hasAny(String key, Map<String, Object> value) {
    return Map.of(
        "anyOf",
        AgentReader.spellings(key).stream().map(spelling -> has(spelling, value)).toList());
  }

  private static Map<String, Object> has(String key, Map<String, Object> value) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("required", List.of(key));
    schema.put("properties", Map.of(key, value));
    return schema;
  }

  @SuppressWarnings("unchecked") // what Yaml.schema makes
  private static List<Object> rules(Map<String, Object> schema) {
    return (List<Object>) schema.computeIfAbsent("allOf", _ -> new ArrayList<>());
  }

  @SuppressWarnings("unchecked") // what Yaml.schema makes
  private static Map<String, Object> at(Map<String, Object> schema, String key) {
    return (Map<String, Object>) Objects.requireNonNull(schema.get(key), key);
  }
}
