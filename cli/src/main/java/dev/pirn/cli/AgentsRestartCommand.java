package dev.pirn.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn agents restart [NAME…]`.
@Command(
    name = "restart",
    description = {
      "Replaces the processes of agents, each in its mode, and says how long it took.",
      "If the new process does not get ready the old one stays, and the exit code is 1."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  pirn agents restart greeter", "  pirn agents restart    all of them"})
final class AgentsRestartCommand extends DataCommand {
  @Parameters(paramLabel = "NAME", arity = "0..*", description = "The agents; all without one.")
  List<String> names = List.of();

  @Mixin JsonOption json = new JsonOption();

  AgentsRestartCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    return new AgentActions(session(), answers.agents(), json.json)
        .act(AgentActions.Action.RESTART, names);
  }
}
