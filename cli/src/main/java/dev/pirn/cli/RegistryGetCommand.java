package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn registry get ID`.
@Command(
    name = "get",
    description = "Shows one agent whole.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn registry get greeter",
      "  pirn registry get greeter --json | jq -r .location"
    })
final class RegistryGetCommand extends DataCommand {
  @Parameters(paramLabel = "ID", description = "The agent's id.")
  String id = "";

  @Mixin JsonOption json = new JsonOption();

  RegistryGetCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject agent = answers.registry().agent(id);
    if (json.json) {
      print(agent);
    } else {
      print(AgentTable.whole(agent));
    }
    return Exit.DONE;
  }
}
