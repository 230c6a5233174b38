package dev.pirn.cli;

import dev.pirn.agents.AgentFinder;
import dev.pirn.agents.WatchRules;
import dev.pirn.server.Workspace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn agents status [NAME]`.
@Command(
    name = "status",
    description = {
      "Shows an agent in full: its address and process, how long the steps of the last swap took,",
      "what its callers saw, what is watched, and why the last change is not in force if it is"
          + " not."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn agents status greeter",
      "  pirn agents status greeter --json | jq .process.timings"
    })
final class AgentsStatusCommand extends DataCommand {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "The agent; all of them without one.")
  @Nullable String name;

  @Mixin JsonOption json = new JsonOption();

  AgentsStatusCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    if (name == null) {
      return all(answers);
    }
    JsonObject agent = answers.agents().get(name);
    if (json.json) {
      print(agent);
      return Exit.DONE;
    }
    JsonObject process = agent.getJsonObject("process");
    if (process == null) {
      throw new Failure(Problems.notSupervised(name));
    }
    show(process);
    return Exit.DONE;
  }

  private int all(Answers answers) {
    JsonArray agents = answers.agents().list();
    if (json.json) {
      print(agents);
      return Exit.DONE;
    }
    JsonArray processes = AgentsListCommand.processes(agents);
    for (int i = 0; i < processes.size(); i++) {
      print(i == 0 ? "" : "\n");
      show(processes.getJsonObject(i));
    }
    print((processes.isEmpty() ? "" : "\n") + Text.count(processes.size(), "agent") + "\n");
    return Exit.DONE;
  }

  private void show(JsonObject process) {
    print(AgentText.full(process, watched(process)));
    JsonObject rejection = process.getJsonObject("rejection");
    if (rejection != null) {
      printDiagnostics(rejection.getJsonArray("diagnostics"));
      print(AgentText.lastLines(rejection));
    }
  }

  /// By the same rules as the server's; null if its files are not there any more.
  private @Nullable String watched(JsonObject process) {
    Workspace workspace = session().workspace();
    Path folder = workspace.resolve(Path.of(process.getString("folder", "")));
    AgentFinder finder = AgentFinder.of(workspace.root(), session().environment());
    AgentFinder.Found found = finder.named(List.of(folder));
    List<WatchRules> rules = finder.rules(found.agents()).value();
    return rules == null || rules.isEmpty() ? null : watched(rules.getFirst(), workspace);
  }

  private static String watched(WatchRules rules, Workspace workspace) {
    if (!rules.enabled()) {
      return "nothing, hot reload is switched off for it";
    }
    return "%s, at rest for %d ms; \"pirn watches explain FILE\" says why"
        .formatted(
            rules.roots().stream().map(workspace::show).collect(Collectors.joining(", ")),
            rules.delay().toMillis());
  }
}
