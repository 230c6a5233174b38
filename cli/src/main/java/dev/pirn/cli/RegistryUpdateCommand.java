package dev.pirn.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn registry update ID KEY=VALUE…`.
@Command(
    name = "update",
    description = {
      "Changes fields of an agent in the registry's file, whole or not at all.",
      "Only the lines of those fields change. A field without a value is taken away."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn registry update greeter version=2.2.0 'tags=[dialogue]'",
      "  pirn registry update greeter description="
    })
final class RegistryUpdateCommand extends DataCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "The agent's id.")
  String id = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "KEY=VALUE",
      description = "A field of the agent, with a value as in YAML.")
  List<String> fields = List.of();

  @Option(
      names = "--if-match",
      paramLabel = "DIGEST",
      description = "Only if the file has this digest.")
  @Nullable String ifMatch;

  @Mixin JsonOption json = new JsonOption();

  RegistryUpdateCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    return AgentsWritten.print(
        this, "updated", answers.registry().update(id, AgentFields.of(fields), ifMatch), json.json);
  }
}
