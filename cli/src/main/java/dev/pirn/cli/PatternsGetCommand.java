package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn patterns get NAME`.
@Command(
    name = "get",
    description = "Shows one pattern whole.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn patterns get find_duplicate_rows",
      "  pirn patterns get find_duplicate_rows --json | jq -r .digest"
    })
final class PatternsGetCommand extends DataCommand {
  @Parameters(paramLabel = "NAME", description = "The pattern's name.")
  String name = "";

  @Mixin JsonOption json = new JsonOption();

  PatternsGetCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject pattern = answers.pattern(name);
    if (json.json) {
      print(pattern);
    } else {
      print(new PatternText(pattern).text());
    }
    return Exit.DONE;
  }
}
