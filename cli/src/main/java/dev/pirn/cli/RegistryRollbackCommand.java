package dev.pirn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn registry rollback GENERATION`.
@Command(
    name = "rollback",
    description = {
      "Puts an earlier generation of the registry in force again, as a new one.",
      "The file stays as it is; its next change takes it up again."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  pirn registry history", "  pirn registry rollback 7"})
final class RegistryRollbackCommand extends DataCommand {
  @Parameters(paramLabel = "GENERATION", description = "Its number in the history.")
  long generation;

  @Mixin JsonOption json = new JsonOption();

  RegistryRollbackCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    return printOutcome(answers.registry().rollback(generation), json.json);
  }
}
