package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pirn registry stats`.
@Command(
    name = "stats",
    description = "Counts the agents by category, environment and status.",
    footerHeading = "%nExamples:%n",
    footer = {"  pirn registry stats", "  pirn registry stats --json | jq .totalAgents"})
final class RegistryStatsCommand extends DataCommand {
  @Mixin JsonOption json = new JsonOption();

  RegistryStatsCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject statistics = answers.registry().statistics();
    if (json.json) {
      print(statistics);
    } else {
      print(text(statistics));
    }
    return Exit.DONE;
  }

  private static String text(JsonObject it) {
    return """
    agents        %d, %d deprecated, %d broken in the file
    category      %s
    environment   %s
    status        %s
    in force      since %s, %s
    """
        .formatted(
            it.getLong("totalAgents"),
            it.getLong("deprecatedCount"),
            it.getLong("refusedCount"),
            counts(it.getJsonObject("byCategory")),
            counts(it.getJsonObject("byEnvironment")),
            counts(it.getJsonObject("byStatus")),
            Text.day(it.getString("lastLoaded")),
            it.getBoolean("hotReloadEnabled")
                ? "changes are taken up as they come"
                : "changes wait for a reload");
  }

  private static String counts(JsonObject counts) {
    return counts.isEmpty()
        ? "none"
        : counts.stream()
            .map(entry -> Text.visible(entry.getKey()) + " " + entry.getValue())
            .collect(Collectors.joining(", "));
  }
}
