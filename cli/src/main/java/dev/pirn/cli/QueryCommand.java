package dev.pirn.cli;

import dev.pirn.patterns.PatternFormat;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn query AGENT TEXT`.
@Command(
    name = "query",
    description = {
      "Shows which agent and which pattern are in force for what somebody asks.",
      "That is the agent of the registry, the pattern that fits the text best, and that pattern as"
          + " text for a model. Exits with 1 if no pattern fits."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn query greeter \"some customers are counted twice\"",
      "  pirn query greeter --budget 400 --json \"it fails\" | jq -r .formatted.text"
    })
final class QueryCommand extends DataCommand {
  @Parameters(index = "0", paramLabel = "AGENT", description = "The agent's id.")
  String agent = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TEXT",
      description = "What somebody asks.")
  List<String> words = List.of();

  @Option(
      names = "--intent",
      paramLabel = "I",
      description = "What they want, if it is known, such as data_quality.")
  @Nullable String intent;

  @Option(
      names = "--budget",
      paramLabel = "TOKENS",
      defaultValue = "" + PatternFormat.DEFAULT_BUDGET,
      description = "At most so many tokens, of four bytes each; ${DEFAULT-VALUE} by default.")
  int budget;

  @Mixin JsonOption json = new JsonOption();

  QueryCommand(Session session) {
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
    JsonObject answer = answers.query(agent, String.join(" ", words), intent, budget);
    if (json.json) {
      print(answer);
    } else {
      print(text(answer));
    }
    return answer.getJsonObject("pattern") == null ? Exit.FAILED : Exit.DONE;
  }

  private static String text(JsonObject answer) {
    JsonObject declared = answer.getJsonObject("agent");
    String deprecated = declared.getBoolean("deprecated") ? ", deprecated" : "";
    String agent =
        "agent    %s, version %s%s, %s\n"
            .formatted(
                declared.getString("id"),
                declared.getString("version"),
                deprecated,
                declared.getString("location"));
    JsonObject pattern = answer.getJsonObject("pattern");
    if (pattern == null) {
      return agent + "pattern  none fits\n";
    }
    return agent
        + "pattern  %s, generation %d, confidence %s\n\n"
            .formatted(
                pattern.getString("name"),
                pattern.getLong("generation"),
                String.format(Locale.ROOT, "%.2f", pattern.getDouble("confidence")))
        + answer.getJsonObject("formatted").getString("text");
  }
}
