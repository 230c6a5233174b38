package dev.pirn.cli;

import dev.pirn.agents.AgentFinder;
import dev.pirn.live.Diagnostic;
import dev.pirn.server.Views;
import dev.pirn.server.Workspace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn agents list [PATH…]`.
@Command(
    name = "list",
    description = {
      "Lists agents: what they do now, and what was wrong last.",
      "Without a server, or with paths, it says what is found there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn agents list",
      "  pirn agents list lib/other     which agents are in a folder",
      "  pirn agents list --json | jq -r '.[].process.url'"
    })
final class AgentsListCommand extends DataCommand {
  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Look here, at the files, whatever a server runs.")
  List<Path> paths = List.of();

  @Mixin JsonOption json = new JsonOption();

  AgentsListCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    if (!paths.isEmpty()) {
      return look();
    }
    JsonArray agents = answers.agents().list();
    if (json.json) {
      print(agents);
      return Exit.DONE;
    }
    JsonArray processes = processes(agents);
    JsonArray problems = answers.agents().diagnostics();
    print(AgentText.table(processes));
    printDiagnostics(problems);
    if (processes.isEmpty() && problems.isEmpty()) {
      console().flush();
      console().note("make one with \"pirn agents init --lang python NAME\"");
    }
    return Exit.DONE;
  }

  private int look() {
    Workspace workspace = session().workspace();
    AgentFinder finder = AgentFinder.of(workspace.root(), session().environment());
    AgentFinder.Found found = finder.named(paths.stream().map(session()::resolve).toList());
    if (found.agents().isEmpty() && Diagnostic.anyError(found.diagnostics())) {
      throw new Failure(found.diagnostics());
    }
    JsonArray agents = FileAgents.json(workspace, found.agents());
    if (json.json) {
      print(agents);
    } else {
      print(AgentText.table(processes(agents)));
      printDiagnostics(Views.of(workspace).diagnostics(found.diagnostics()));
    }
    return Diagnostic.anyError(found.diagnostics()) ? Exit.FAILED : Exit.DONE;
  }

  /// The processes of those that are run here; others only have told that they are there.
  static JsonArray processes(JsonArray agents) {
    return new JsonArray(
        agents.stream()
            .map(JsonObject.class::cast)
            .map(agent -> agent.getJsonObject("process"))
            .filter(process -> process != null)
            .toList());
  }
}
