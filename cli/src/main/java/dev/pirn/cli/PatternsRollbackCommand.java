package dev.pirn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn patterns rollback GENERATION`.
@Command(
    name = "rollback",
    description = {
      "Puts an earlier generation of the library in force again, as a new one.",
      "The files stay as they are; the next change of a file takes that file up again."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  pirn patterns history", "  pirn patterns rollback 7"})
final class PatternsRollbackCommand extends DataCommand {
  @Parameters(paramLabel = "GENERATION", description = "Its number in the history.")
  long generation;

  @Mixin JsonOption json = new JsonOption();

  PatternsRollbackCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    return printOutcome(answers.rollback(generation), json.json);
  }
}
