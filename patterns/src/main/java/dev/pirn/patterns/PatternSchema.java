package dev.pirn.patterns;

import dev.pirn.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The JSON Schema of a file that is one pattern: that of the record which it is read into, and
/// what its reader checks on the nodes.
final class PatternSchema {
  /// How deep types of parameters are described; a deeper one is rare, and said to be wrong.
  private static final int DEPTH = 4;

  private PatternSchema() {}

  static Map<String, Object> make() {
    Map<String, Object> schema = Yaml.schema(PatternYaml.class, PatternDecoder.OPTIONS);
    schema.put("title", "Pattern");
    Map<String, Object> properties = at(schema, "properties");
    Map<String, Object> name = at(properties, "name");
    name.put("type", List.of("string", "number", "boolean"));
    name.put("pattern", "^(?:" + Names.FORM + ")$");
    name.put("maxLength", Names.MOST);
    name.put("minimum", 0);
    at(properties, "category").put("pattern", "\\S");
    Map<String, Object> priority = at(properties, "priority");
    priority.put("minimum", 0);
    priority.put("maximum", 100);
    // A file with a kind is a bundle.
    properties.put("kind", false);
    Map<String, Object> parameter = at(at(properties, "parameters"), "items");
    Map<String, Object> type = at(at(parameter, "properties"), "type");
    type.put("type", "string");
    type.put("pattern", "^" + type(DEPTH) + "$");
    return schema;
  }

  /// What [ParameterTypes] calls legal, down to a depth.
  private static String type(int depth) {
    String part = depth == 0 ? "\\w+" : "(?:\\w+|" + type(depth - 1) + ")";
    return "(?:string|integer|number|boolean|object"
        + "|array(?:\\[\\s*"
        + part
        + "\\s*\\])?"
        + "|map(?:\\[\\s*"
        + "\\w+"
        + "\\s*,\\s*"
        + part
        + "\\s*\\])?"
        + "|enum(?:\\[(?=[^\\]]*[^\\s\\]]).*\\])?)";
  }

  @SuppressWarnings("unchecked") // what Yaml.schema makes
  private static Map<String, Object> at(Map<String, Object> schema, String key) {
    return (Map<String, Object>) Objects.requireNonNull(schema.get(key), key);
  }
}
