package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pirn patterns history`.
@Command(
    name = "history",
    description = "Lists the reloads that are remembered, newest first.",
    footerHeading = "%nExamples:%n",
    footer = {"  pirn patterns history", "  pirn patterns rollback 7   put generation 7 in force"})
final class PatternsHistoryCommand extends DataCommand {
  @Mixin JsonOption json = new JsonOption();

  PatternsHistoryCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonArray history = answers.history();
    if (json.json) {
      print(history);
    } else {
      print(table(history));
    }
    return Exit.DONE;
  }

  static String table(JsonArray history) {
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
