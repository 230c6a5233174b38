package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pirn settings history`.
@Command(
    name = "history",
    description = "Lists the reloads that are remembered, newest first.",
    footerHeading = "%nExamples:%n",
    footer = {"  pirn settings history", "  pirn settings rollback 7   put generation 7 in force"})
final class SettingsHistoryCommand extends DataCommand {
  @Mixin JsonOption json = new JsonOption();

  SettingsHistoryCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonArray history = answers.settings().history();
    if (json.json) {
      print(history);
    } else {
      print(HistoryText.of(history));
    }
    return Exit.DONE;
  }
}
