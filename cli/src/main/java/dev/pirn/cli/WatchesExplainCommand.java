package dev.pirn.cli;

import dev.pirn.agents.WatchVerdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn watches explain PATH`.
@Command(
    name = "explain",
    description = {
      "Says whether a file is watched, for what, and why not; and which agents it would restart.",
      "Without a server only the latter."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn watches explain patterns/sql/notes.txt",
      "  pirn watches explain agents/greeter/notes.txt"
    })
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
    Boolean taken = explained.getBoolean("taken");
    text.append(
        taken == null
            ? "\n  without a server only what it would do to agents is known\n"
            : taken
                ? ": watched, for %s\n".formatted(explained.getString("source"))
                : ": not watched\n");
    // Of files far from what is watched the server does not say whether they exist.
    if (Boolean.FALSE.equals(explained.getBoolean("exists"))) {
      text.append("  it does not exist at present\n");
    }
    JsonArray checked = explained.getJsonArray("checked", new JsonArray());
    for (int i = 0; i < checked.size(); i++) {
      JsonObject check = checked.getJsonObject(i);
      text.append(
          "  %s, %s: %s\n"
              .formatted(
                  check.getString("source"),
                  Text.visible(check.getString("root")),
                  check.getString("reason")));
    }
    return text + agents(explained.getJsonArray("agents", new JsonArray()));
  }

  /// ` agent greeter: restarts, the ending .py (default of python)`.
  private static String agents(JsonArray agents) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < agents.size(); i++) {
      JsonObject agent = agents.getJsonObject(i);
      text.append(
          "  agent %s: %s, %s (%s)\n"
              .formatted(
                  agent.getString("agent"),
                  effect(agent.getString("effect")),
                  Text.visible(agent.getString("reason")),
                  Text.visible(agent.getString("origin"))));
    }
    return text.toString();
  }

  private static String effect(String name) {
    return WatchVerdict.Effect.valueOf(name.toUpperCase(Locale.ROOT)).words();
  }
}
