package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pirn watches list`.
@Command(
    name = "list",
    description = "Lists what the server watches, how, and what it cannot see.",
    footerHeading = "%nExamples:%n",
    footer = {"  pirn watches list", "  pirn watches list --json | jq '.[].problems[]'"})
final class WatchesListCommand extends DataCommand {
  @Mixin JsonOption json = new JsonOption();

  WatchesListCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonArray watches = answers.watches();
    if (json.json) {
      print(watches);
    } else {
      print(text(watches));
    }
    return Exit.DONE;
  }

  private static String text(JsonArray watches) {
    Table table = Table.of("SOURCE", "BACKEND", "FOLDERS", "FILES", "RESYNCS", "ROOTS");
    StringBuilder problems = new StringBuilder();
    for (int i = 0; i < watches.size(); i++) {
      JsonObject watch = watches.getJsonObject(i);
      table.row(
          watch.getString("source"),
          watch.getBoolean("reload", true) ? watch.getString("backend") : "none",
          String.valueOf(watch.getInteger("folders")),
          String.valueOf(watch.getInteger("files")),
          String.valueOf(watch.getLong("resyncs")),
          watch.getJsonArray("roots").stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", ")));
      problems(watch.getJsonArray("problems"), problems);
    }
    return table.text() + problems;
  }

  private static void problems(JsonArray problems, StringBuilder text) {
    for (int i = 0; i < problems.size(); i++) {
      JsonObject problem = problems.getJsonObject(i);
      text.append('\n')
          .append(Text.visible(problem.getString("file")))
          .append(": ")
          .append(problem.getString("message"))
          .append("\n  help: ")
          .append(problem.getString("help"))
          .append('\n');
    }
  }
}
