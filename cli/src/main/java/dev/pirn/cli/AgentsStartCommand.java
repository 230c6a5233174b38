package dev.pirn.cli;

import dev.pirn.agents.AgentFinder;
import dev.pirn.live.Diagnostic;
import dev.pirn.server.AgentsWanted;
import dev.pirn.server.ServerOptions;
import io.vertx.core.json.JsonArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn agents start [PATH…]`.
@Command(
    name = "start",
    description = {
      "Starts agents: those that are named, by name or path, or all of the workspace.",
      "If no server runs for the workspace one is started here, until Ctrl-C or SIGTERM, or with -d"
          + " in the background. With paths it runs only those."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn agents start",
      "  pirn agents start agents/greeter --no-reload",
      "  pirn agents start -d               and then: pirn agents stop --all"
    })
final class AgentsStartCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "An agent's name, folder or file, or a folder of agents.")
  List<String> wanted = List.of();

  @Option(
      names = {"-d", "--detach"},
      description = "Run the server in the background; return when the agents are up.")
  boolean detach;

  @Mixin ServingOptions serving = new ServingOptions();

  @Mixin JsonOption json = new JsonOption();

  AgentsStartCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Connection server = Workspaces.find(session);
    if (server != null) {
      return startAt(new ServerAgents(server), server.url());
    }
    Map<String, Path> found = look();
    List<Path> paths = wanted.isEmpty() ? List.of() : List.copyOf(found.values());
    if (detach) {
      return new Detached(session, serving, json.json).start(found.keySet(), paths);
    }
    if (json.json) {
      throw Failure.usage(Problems.onlyDetached());
    }
    Serving here = new Serving(session, serving);
    here.log();
    return here.serve(options(paths));
  }

  private ServerOptions options(List<Path> paths) {
    return ServerOptions.of(session.workspace())
        .agents(AgentsWanted.AS_CONFIGURED.enabled(true).paths(paths));
  }

  // With a server

  private int startAt(AgentAnswers agents, String url) {
    if (serving.port != null || serving.noReload) {
      throw Failure.usage(
          Problems.serverRuns(serving.port == null ? "--no-reload" : "--port", url));
    }
    List<String> names = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    for (String word : wanted) {
      Path path = session.resolve(word);
      if (word.contains("/") || Files.exists(path)) {
        paths.add(path);
      } else {
        names.add(word);
      }
    }
    if (!paths.isEmpty()) {
      JsonArray added = agents.add(paths).getJsonArray("agents", new JsonArray());
      for (int i = 0; i < added.size(); i++) {
        names.add(added.getJsonObject(i).getString("name"));
      }
    }
    return new AgentActions(session, agents, json.json).act(AgentActions.Action.START, names);
  }

  // Without one

  /// What is to be started, as far as the files say; the names lead to their paths.
  private Map<String, Path> look() {
    try (FileAnswers answers = new FileAnswers(session.workspace(), session.environment())) {
      FileAgents files = answers.agents();
      Map<String, Path> found = new LinkedHashMap<>();
      List<Path> named = new ArrayList<>();
      for (String word : wanted) {
        Path path = session.resolve(word);
        boolean isPath = word.contains("/") || Files.exists(path);
        named.add(isPath ? path : files.spec(word).folder());
      }
      AgentFinder.Found all = wanted.isEmpty() ? files.found() : files.finder().named(named);
      // A server goes on with those that are good; who names one wants that one.
      if (!wanted.isEmpty() && Diagnostic.anyError(all.diagnostics())) {
        throw new Failure(all.diagnostics());
      }
      all.agents().forEach(spec -> found.put(spec.name(), spec.folder()));
      return found;
    }
  }
}
