package dev.pirn.cli;

import dev.pirn.agents.AgentTemplate;
import dev.pirn.live.Decoded;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn agents init --lang L NAME`.
@Command(
    name = "init",
    description = {
      "Makes a small agent that works, to begin with.",
      "It lies in the workspace's first folder of agents. Nothing is overwritten."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  pirn agents init --lang python greeter", "  pirn agents init --lang java adder"})
final class AgentsInitCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--lang",
      required = true,
      paramLabel = "python|node|java",
      description = "What it is written in.")
  AgentTemplate language = AgentTemplate.PYTHON;

  @Parameters(paramLabel = "NAME", description = "Its name: letters, digits, \"_\" and \"-\".")
  String name = "";

  AgentsInitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Workspace workspace = session.workspace();
    Decoded<WorkspaceConfig> config = workspace.readConfig();
    WorkspaceConfig value = config.value();
    if (value == null) {
      throw new Failure(config.diagnostics());
    }
    Path folder = workspace.resolve(value.agents().dirs().getFirst());
    Decoded<List<Path>> made = language.write(folder, name);
    List<Path> files = made.value();
    if (files == null) {
      throw new Failure(made.diagnostics());
    }
    Console console = session.console();
    files.forEach(file -> console.line("created " + session.show(file.toString())));
    boolean running = Workspaces.find(session) != null;
    console.line(
        running
            ? "next: pirn agents call %s greet '{\"name\": \"you\"}'".formatted(name)
            : "next: pirn agents start");
    return Exit.DONE;
  }
}
