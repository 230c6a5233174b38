package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn agents stop [NAME…]`.
@Command(
    name = "stop",
    description = {
      "Stops agents: they answer what they have, and end.",
      "Their addresses stay, and refuse until they are started again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn agents stop greeter",
      "  pirn agents stop           all agents; the server goes on",
      "  pirn agents stop --all     the server too, with all that it runs"
    })
final class AgentsStopCommand extends DataCommand {
  /// Agents that do not end are killed long before.
  private static final long MOST_SECONDS = 90;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "The agents; all without one.")
  List<String> names = List.of();

  @Option(names = "--all", description = "End all agents, and the server that runs them.")
  boolean all;

  @Mixin JsonOption json = new JsonOption();

  AgentsStopCommand(Session session) {
    super(session);
  }

  @Override
  void check() {
    if (all && !names.isEmpty()) {
      throw Failure.usage(Problems.allOrSome());
    }
  }

  @Override
  int answer(Answers answers) {
    return all
        ? endServer()
        : new AgentActions(session(), answers.agents(), json.json)
            .act(AgentActions.Action.STOP, names);
  }

  /// The server ends by the signal that it would get from a terminal or a service manager.
  private int endServer() {
    Connection server = Workspaces.server(session());
    long pid = server.pid();
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process != null && !ended(process)) {
      throw new Failure(Problems.notEnded(pid, server.url()));
    }
    if (json.json) {
      print(new JsonArray());
    } else {
      print("the server (process %d) and its agents have ended\n".formatted(pid));
    }
    return Exit.DONE;
  }

  private static boolean ended(ProcessHandle process) {
    try {
      process.destroy();
      return process.onExit().orTimeout(MOST_SECONDS, TimeUnit.SECONDS).join() != null;
    } catch (CompletionException e) {
      return false;
    }
  }
}
