package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pirn settings reload`.
@Command(
    name = "reload",
    description = "Has the server read all files of settings again.",
    footerHeading = "%nExamples:%n",
    footer = {"  pirn settings reload"})
final class SettingsReloadCommand extends DataCommand {
  @Mixin JsonOption json = new JsonOption();

  SettingsReloadCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject reload = answers.settings().reload();
    if (json.json) {
      print(reload);
    } else {
      print(OutcomeText.of(reload));
      printDiagnostics(reload.getJsonArray("diagnostics"));
    }
    return OutcomeText.exit(reload);
  }
}
