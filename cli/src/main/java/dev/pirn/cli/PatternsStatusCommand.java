package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pirn patterns status`.
@Command(
    name = "status",
    description = "Shows how the library stands, and everything that is to be mended in it.",
    footerHeading = "%nExamples:%n",
    footer = {"  pirn patterns status", "  pirn patterns status --json | jq .quarantinedFiles"})
final class PatternsStatusCommand extends DataCommand {
  @Mixin JsonOption json = new JsonOption();

  PatternsStatusCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject status = answers.patternsStatus();
    if (json.json) {
      print(status);
    } else {
      print(StatusText.patterns(status));
      printDiagnostics(status.getJsonArray("diagnostics"));
    }
    return Exit.DONE;
  }
}
