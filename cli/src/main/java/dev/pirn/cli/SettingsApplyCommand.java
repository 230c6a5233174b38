package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn settings apply WINNER --map MAP`.
@Command(
    name = "apply",
    description = {
      "Applies the parameters of a winner: all of them in one write, or none.",
      "The map says which parameter sets which key, and within which bounds. The winner that was"
          + " applied last changes nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  pirn settings apply winner.json --map params.yaml"})
final class SettingsApplyCommand extends DataCommand {
  @Parameters(paramLabel = "WINNER", description = "The winner, JSON.")
  Path winner = Path.of("");

  @Option(names = "--map", required = true, paramLabel = "MAP", description = "The map, YAML.")
  Path map = Path.of("");

  @Mixin JsonOption json = new JsonOption();

  SettingsApplyCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject made = answers.settings().apply(session().resolve(winner), session().resolve(map));
    String status = made.getString("status");
    if (json.json) {
      print(made);
    } else {
      print(SettingsText.changes(made.getJsonArray("changes")));
      print("%s: %s\n".formatted(status, Text.visible(made.getString("promotionId"))));
      printDiagnostics(made.getJsonArray("diagnostics"));
    }
    return status.equals("applied") || status.equals("unchanged") ? Exit.DONE : Exit.FAILED;
  }
}
