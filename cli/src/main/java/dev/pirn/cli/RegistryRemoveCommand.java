package dev.pirn.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn registry remove ID`.
@Command(
    name = "remove",
    description = {
      "Takes an agent out of the registry's file.",
      "The comment lines right above it go with it. An agent that others need stays."
    },
    footerHeading = "%nExamples:%n",
    footer = "  pirn registry remove greeter")
final class RegistryRemoveCommand extends DataCommand {
  @Parameters(paramLabel = "ID", description = "The agent's id.")
  String id = "";

  @Option(
      names = "--if-match",
      paramLabel = "DIGEST",
      description = "Only if the file has this digest.")
  @Nullable String ifMatch;

  @Mixin JsonOption json = new JsonOption();

  RegistryRemoveCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    return AgentsWritten.print(this, "removed", answers.registry().remove(id, ifMatch), json.json);
  }
}
