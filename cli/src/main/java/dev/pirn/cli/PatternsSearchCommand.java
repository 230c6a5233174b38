package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn patterns search QUERY`.
@Command(
    name = "search",
    description = "Searches the patterns, best first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn patterns search duplicate rows",
      "  pirn patterns search --limit 3 slow query"
    })
final class PatternsSearchCommand extends DataCommand {
  @Parameters(paramLabel = "QUERY", arity = "1..*", description = "The words to look for.")
  List<String> words = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many to show at most; ${DEFAULT-VALUE} by default.")
  int limit;

  @Mixin JsonOption json = new JsonOption();

  PatternsSearchCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonArray hits = answers.search(String.join(" ", words), limit);
    if (json.json) {
      print(hits);
    } else if (hits.isEmpty()) {
      print("no pattern fits\n");
    } else {
      print(table(hits));
    }
    return Exit.DONE;
  }

  private static String table(JsonArray hits) {
    Table table = Table.of("SCORE", "NAME", "CATEGORY", "TITLE");
    for (int i = 0; i < hits.size(); i++) {
      JsonObject hit = hits.getJsonObject(i);
      table.row(
          String.format(Locale.ROOT, "%.2f", hit.getDouble("score")),
          hit.getString("name"),
          hit.getString("category"),
          hit.getString("title"));
    }
    return table.text();
  }
}
