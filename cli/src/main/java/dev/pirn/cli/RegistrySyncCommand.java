package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pirn registry sync`.
@Command(
    name = "sync",
    description = {
      "Compares the agents that are declared with the folders that have an agent.yaml.",
      "Without --add, --update or --remove, what the file's config.auto_sync says is done. Exits"
          + " with 1 while a difference is left, so that it serves as a commit hook."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn registry sync --dry-run",
      "  pirn registry sync --scan agents --exclude 'drafts/**' --add --remove"
    })
final class RegistrySyncCommand extends DataCommand {
  @Option(names = "--dry-run", description = "Change no byte.")
  boolean dryRun;

  @Option(names = "--add", description = "Add agents that are found and not declared.")
  boolean add;

  @Option(names = "--update", description = "Correct the location of agents found elsewhere.")
  boolean update;

  @Option(names = "--remove", description = "Take out agents that are declared and not found.")
  boolean remove;

  @Option(
      names = "--scan",
      paramLabel = "DIR",
      description = "Where agents' folders lie, from the workspace; may be given many times.")
  @Nullable List<String> folders;

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "What is passed over; may be given many times.")
  @Nullable List<String> exclude;

  @Mixin JsonOption json = new JsonOption();

  RegistrySyncCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject result =
        answers
            .registry()
            .sync(new RegistryAnswers.Sync(folders, exclude, add, update, remove, dryRun));
    boolean outOfStep = result.getBoolean("outOfStep");
    if (json.json) {
      print(result);
    } else {
      JsonArray written = result.getJsonArray("written");
      print(lines("not declared", result.getJsonArray("added"), written, "added"));
      print(lines("found elsewhere", result.getJsonArray("updated"), written, "corrected"));
      print(lines("not found", result.getJsonArray("removed"), written, "taken out"));
      print(outOfStep ? "the registry is out of step\n" : "the registry is in step\n");
      printDiagnostics(result.getJsonArray("diagnostics"));
    }
    return outOfStep ? Exit.FAILED : Exit.DONE;
  }

  private static String lines(String what, JsonArray ids, JsonArray written, String done) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.getString(i);
      text.append(
          "%-16s %s%s\n"
              .formatted(what, Text.visible(id), written.contains(id) ? ", " + done : ""));
    }
    return text.toString();
  }
}
