package dev.pirn.cli;

import dev.pirn.patterns.PatternFormat;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn patterns format NAME`.
@Command(
    name = "format",
    description = "Prints a pattern as Markdown for a model, within a budget of tokens.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn patterns format find_duplicate_rows",
      "  pirn patterns format find_duplicate_rows --budget 400"
    })
final class PatternsFormatCommand extends DataCommand {
  @Parameters(paramLabel = "NAME", description = "The pattern's name.")
  String name = "";

  @Option(
      names = "--budget",
      paramLabel = "TOKENS",
      defaultValue = "" + PatternFormat.DEFAULT_BUDGET,
      description = "At most so many tokens, of four bytes each; ${DEFAULT-VALUE} by default.")
  int budget;

  @Mixin JsonOption json = new JsonOption();

  PatternsFormatCommand(Session session) {
    super(session);
  }

  @Override
  void check() {
    if (budget < PatternFormat.LEAST_BUDGET) {
      throw Failure.usage(Problems.badBudget(budget, PatternFormat.LEAST_BUDGET));
    }
  }

  @Override
  int answer(Answers answers) {
    JsonObject formatted = answers.format(name, budget);
    if (json.json) {
      print(formatted);
    } else {
      print(formatted.getString("text"));
    }
    return Exit.DONE;
  }
}
