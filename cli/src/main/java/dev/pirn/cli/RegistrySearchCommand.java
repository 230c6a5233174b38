package dev.pirn.cli;

import dev.pirn.registry.AgentQuery;
import io.vertx.core.json.JsonArray;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn registry search WORD…`.
@Command(
    name = "search",
    description = {
      "Finds agents by words of their ids, names, tags and descriptions, best first.",
      "Misspelt words are found too, unless the registry's file switches that off."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  pirn registry search review code", "  pirn registry search greter --json"})
final class RegistrySearchCommand extends DataCommand {
  @Parameters(paramLabel = "WORD", arity = "1..*", description = "Words, all of which must fit.")
  List<String> words = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many to show at most; ${DEFAULT-VALUE} by default.")
  int limit;

  @Mixin JsonOption json = new JsonOption();

  RegistrySearchCommand(Session session) {
    super(session);
  }

  @Override
  void check() {
    if (limit < 1) {
      throw Failure.usage(Problems.badPage());
    }
  }

  @Override
  int answer(Answers answers) {
    AgentQuery query = AgentQuery.ALL.text(String.join(" ", words)).page(1, limit);
    JsonArray agents = answers.registry().agents(query);
    if (json.json) {
      print(agents);
    } else {
      print(agents.isEmpty() ? "no agent fits\n" : AgentTable.rows(agents));
    }
    return Exit.DONE;
  }
}
