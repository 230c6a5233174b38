package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pirn status`.
@Command(
    name = "status",
    description = {
      "Shows in one screen what runs and what is wrong.",
      "That is broken files, what cannot be watched, and what waits for a restart."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  pirn status", "  pirn status --strict || echo \"something is to be mended\""})
final class StatusCommand extends DataCommand {
  @Option(
      names = "--strict",
      description = "Exit with 1 when there are errors, with 3 when there are warnings.")
  boolean strict;

  @Mixin JsonOption json = new JsonOption();

  StatusCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject status = answers.status();
    StatusText text = new StatusText(status);
    if (json.json) {
      print(status);
    } else {
      print(text.text());
      printDiagnostics(text.problems());
      print(text.lastLines());
    }
    return strict ? Strictness.exit(diagnostics().of(text.problems())) : Exit.DONE;
  }
}
