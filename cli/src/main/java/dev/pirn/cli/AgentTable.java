package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/// Agents as text for people.
final class AgentTable {
  private AgentTable() {}

  /// Many, one a line.
  static String rows(JsonArray agents) {
    Table table = Table.of("ID", "CATEGORY", "ENVIRONMENT", "STATUS", "VERSION", "OWNER", "STATE");
    for (int i = 0; i < agents.size(); i++) {
      JsonObject agent = agents.getJsonObject(i);
      table.row(
          agent.getString("id"),
          agent.getString("category"),
          agent.getString("environment"),
          agent.getString("status"),
          agent.getString("version"),
          agent.getString("owner"),
          agent.getString("state"));
    }
    return table.text() + Text.count(agents.size(), "agent") + "\n";
  }

  /// One, a field a line.
  static String whole(JsonObject agent) {
    StringBuilder text = new StringBuilder();
    agent.forEach(entry -> {
      String value = value(entry.getValue());
      if (!value.isEmpty()) {
        text.append("%-19s %s\n".formatted(entry.getKey(), Text.visible(value)));
      }
    });
    return text.toString();
  }

  private static String value(Object value) {
    return switch (value) {
      case JsonArray array -> array.stream().map(String::valueOf).collect(Collectors.joining(", "));
      case JsonObject object ->
          object.stream()
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(Collectors.joining(", "));
      default -> String.valueOf(value);
    };
  }
}
