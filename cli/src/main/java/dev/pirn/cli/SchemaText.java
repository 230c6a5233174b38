package dev.pirn.cli;

import dev.pirn.yaml.Json;
import java.util.Map;

/// A JSON Schema as the commands print it.
final class SchemaText {
  private SchemaText() {}

  static void print(Session session, Map<String, Object> schema) {
    session.console().line(Json.pretty(schema).stripTrailing());
  }
}
