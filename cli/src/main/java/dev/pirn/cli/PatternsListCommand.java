package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pirn patterns list`.
@Command(
    name = "list",
    description = "Lists the patterns in force, by name.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn patterns list --category sql",
      "  pirn patterns list --json | jq -r '.[] | select(.state == \"quarantined\") | .file'"
    })
final class PatternsListCommand extends DataCommand {
  @Option(names = "--category", paramLabel = "C", description = "Only this category.")
  @Nullable String category;

  @Option(names = "--backend-type", paramLabel = "B", description = "Only this backend type.")
  @Nullable String backendType;

  @Option(
      names = "--difficulty",
      paramLabel = "D",
      description = "Only beginner, intermediate or advanced.")
  @Nullable String difficulty;

  @Mixin JsonOption json = new JsonOption();

  PatternsListCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonArray patterns = answers.patterns(new Answers.Filter(category, backendType, difficulty));
    if (json.json) {
      print(patterns);
      return Exit.DONE;
    }
    print(table(patterns));
    hintAtProblems(answers);
    return Exit.DONE;
  }

  private static String table(JsonArray patterns) {
    Table table = Table.of("NAME", "CATEGORY", "BACKEND", "DIFFICULTY", "STATE", "FILE");
    for (int i = 0; i < patterns.size(); i++) {
      JsonObject pattern = patterns.getJsonObject(i);
      table.row(
          pattern.getString("name"),
          pattern.getString("category"),
          pattern.getString("backendType"),
          pattern.getString("difficulty"),
          pattern.getString("state"),
          pattern.getString("file"));
    }
    return table.text() + Text.count(patterns.size(), "pattern") + "\n";
  }

  /// What is not in force is not in the list; somebody who looks for it should learn why.
  private void hintAtProblems(Answers answers) {
    String problems =
        Diagnostics.summary(diagnostics().of(answers.patternsStatus().getJsonArray("diagnostics")));
    if (!problems.equals("no problems")) {
      console().flush();
      console().error("pirn: %s; see \"pirn patterns status\"\n".formatted(problems));
    }
  }
}
