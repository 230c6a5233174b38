package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn watches explain PATH`.
@Command(
    name = "explain",
    description = "Says whether a file is watched, for what, and why not.",
    footerHeading = "%nExamples:%n",
    footer = {"  pirn watches explain patterns/sql/notes.txt"})
final class WatchesExplainCommand extends DataCommand {
  @Parameters(paramLabel = "PATH", description = "The file or folder, which need not exist.")
  Path path = Path.of("");

  @Mixin JsonOption json = new JsonOption();

  WatchesExplainCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject explained = answers.explain(session().resolve(path).toString());
    if (json.json) {
      print(explained);
    } else {
      print(text(explained));
    }
    return Exit.DONE;
  }

  private static String text(JsonObject explained) {
    StringBuilder text = new StringBuilder(Text.visible(explained.getString("path")));
    text.append(
        explained.getBoolean("taken")
            ? ": watched, for %s\n".formatted(explained.getString("source"))
            : ": not watched\n");
    // Of files far from what is watched the server does not say whether they exist.
    if (Boolean.FALSE.equals(explained.getBoolean("exists"))) {
      text.append("  it does not exist at present\n");
    }
    JsonArray checked = explained.getJsonArray("checked");
    for (int i = 0; i < checked.size(); i++) {
      JsonObject check = checked.getJsonObject(i);
      text.append(
          "  %s, %s: %s\n"
              .formatted(
                  check.getString("source"),
                  Text.visible(check.getString("root")),
                  check.getString("reason")));
    }
    return text.toString();
  }
}
