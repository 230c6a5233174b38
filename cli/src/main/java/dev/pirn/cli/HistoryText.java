package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/// The reloads of a source as a table.
final class HistoryText {
  private HistoryText() {}

  static String of(JsonArray history) {
    Table table = Table.of("GENERATION", "TIME", "BY", "OUTCOME", "FILES");
    for (int i = 0; i < history.size(); i++) {
      JsonObject entry = history.getJsonObject(i);
      table.row(
          String.valueOf(entry.getLong("generation")),
          Text.day(entry.getString("time")),
          entry.getString("trigger"),
          entry.getBoolean("applied") ? "applied" : "rejected",
          files(entry.getJsonArray("files")));
    }
    return table.text();
  }

  private static String files(JsonArray files) {
    return switch (files.size()) {
      case 0 -> "all";
      case 1, 2, 3 -> files.stream().map(String::valueOf).collect(Collectors.joining(", "));
      default -> files.getString(0) + " and " + (files.size() - 1) + " more";
    };
  }
}
