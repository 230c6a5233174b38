package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn patterns recommend MESSAGE`.
@Command(
    name = "recommend",
    description = "Recommends patterns for what somebody asks, best first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn patterns recommend \"some customers are counted twice\"",
      "  pirn patterns recommend --intent troubleshooting \"it fails since Tuesday\""
    })
final class PatternsRecommendCommand extends DataCommand {
  @Parameters(paramLabel = "MESSAGE", arity = "1..*", description = "What somebody asks.")
  List<String> words = List.of();

  @Option(
      names = "--intent",
      paramLabel = "I",
      description = "What they want, if it is known, such as data_quality.")
  @Nullable String intent;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many to show at most; ${DEFAULT-VALUE} by default.")
  int limit;

  @Mixin JsonOption json = new JsonOption();

  PatternsRecommendCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonArray found = answers.recommend(String.join(" ", words), intent, limit);
    if (json.json) {
      print(found);
    } else if (found.isEmpty()) {
      print("no pattern fits\n");
    } else {
      print(table(found));
    }
    return Exit.DONE;
  }

  private static String table(JsonArray found) {
    Table table = Table.of("CONFIDENCE", "NAME", "CATEGORY", "TITLE");
    for (int i = 0; i < found.size(); i++) {
      JsonObject one = found.getJsonObject(i);
      table.row(
          String.format(Locale.ROOT, "%.2f", one.getDouble("confidence")),
          one.getString("name"),
          one.getString("category"),
          one.getString("title"));
    }
    return table.text();
  }
}
