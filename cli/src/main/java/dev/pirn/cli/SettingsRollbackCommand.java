package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn settings rollback GENERATION`.
@Command(
    name = "rollback",
    description = {
      "Puts an earlier generation of the settings in force again, as a new one.",
      "The files stay as they are; the next change of a file takes that file up again."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  pirn settings history", "  pirn settings rollback 7"})
final class SettingsRollbackCommand extends DataCommand {
  @Parameters(paramLabel = "GENERATION", description = "Its number in the history.")
  long generation;

  @Mixin JsonOption json = new JsonOption();

  SettingsRollbackCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject outcome = answers.settings().rollback(generation);
    if (json.json) {
      print(outcome);
    } else {
      print(OutcomeText.of(outcome));
      printDiagnostics(outcome.getJsonArray("diagnostics"));
    }
    return OutcomeText.exit(outcome);
  }
}
