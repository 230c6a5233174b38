package dev.pirn.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn registry register ID KEY=VALUE…`.
@Command(
    name = "register",
    description = {
      "Adds an agent to the registry's file, whole or not at all.",
      "The file is checked before a byte is written; all other lines stay as they are."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn registry register greeter name=Greeter category=production \\",
      "      environment=production owner=front-desk version=1.0.0 \\",
      "      location=agents/greeter 'tags=[dialogue, text]'"
    })
final class RegistryRegisterCommand extends DataCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "The agent's id.")
  String id = "";

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "A field of the agent, with a value as in YAML.")
  List<String> fields = List.of();

  @Option(
      names = "--if-match",
      paramLabel = "DIGEST",
      description = "Only if the file has this digest.")
  @Nullable String ifMatch;

  @Mixin JsonOption json = new JsonOption();

  RegistryRegisterCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    Map<String, Object> given = new LinkedHashMap<>();
    AgentFields.of(fields)
        .forEach((key, value) -> {
          if (value != null) {
            given.put(key, value);
          }
        });
    return AgentsWritten.print(
        this, "registered", answers.registry().register(id, given, ifMatch), json.json);
  }
}
