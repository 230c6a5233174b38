package dev.pirn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pirn registry reload`.
@Command(
    name = "reload",
    description = "Has the server read the registry's file again.",
    footerHeading = "%nExamples:%n",
    footer = "  pirn registry reload")
final class RegistryReloadCommand extends DataCommand {
  @Mixin JsonOption json = new JsonOption();

  RegistryReloadCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    return printOutcome(answers.registry().reload(), json.json);
  }
}
