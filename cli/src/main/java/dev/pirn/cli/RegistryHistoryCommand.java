package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pirn registry history`.
@Command(
    name = "history",
    description = "Lists the reloads that are remembered, newest first.",
    footerHeading = "%nExamples:%n",
    footer = {"  pirn registry history", "  pirn registry rollback 7   put generation 7 in force"})
final class RegistryHistoryCommand extends DataCommand {
  @Mixin JsonOption json = new JsonOption();

  RegistryHistoryCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonArray history = answers.registry().history();
    if (json.json) {
      print(history);
    } else {
      print(HistoryText.of(history));
    }
    return Exit.DONE;
  }
}
