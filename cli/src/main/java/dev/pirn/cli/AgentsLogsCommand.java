package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn agents logs [NAME…]`.
@Command(
    name = "logs",
    description = {
      "Prints what agents have printed, with their names and generations before it.",
      "Without a server it is what the last one has kept in .pirn/agents/logs."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn agents logs greeter --tail 20",
      "  pirn agents logs -f               all agents, and what is to come",
      "  pirn agents logs -f --json | jq -r 'select(.error) | .text'"
    })
final class AgentsLogsCommand implements Callable<Integer> {
  static final int MOST_LINES = 1_000;

  private final Session session;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "The agents; all without one.")
  List<String> names = List.of();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what comes, until Ctrl-C or the end of the server.")
  boolean follow;

  @Option(
      names = "--tail",
      paramLabel = "N",
      defaultValue = "100",
      description = "So many lines of each agent, at most 1000; ${DEFAULT-VALUE} by default.")
  int tail;

  @Mixin JsonOption json = new JsonOption();

  AgentsLogsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (tail < 0 || tail > MOST_LINES) {
      throw Failure.usage(Problems.badTail(tail, MOST_LINES));
    }
    if (follow) {
      Connection server = Workspaces.server(session);
      // One that is not there is said, instead of nothing for ever.
      names.forEach(name -> server.object("/agents/" + Connection.encode(name)));
      new AgentLogStream(session, names, tail).follow(this::print);
      session.console().note("the server has ended");
      return Exit.DONE;
    }
    try (Answers answers = Workspaces.answers(session)) {
      JsonArray lines = answers.agents().lines(names, tail);
      if (json.json) {
        session.console().line(lines.encodePrettily());
      } else {
        AgentLine shown = new AgentLine(session.console().colours());
        for (int i = 0; i < lines.size(); i++) {
          session.console().print(text(shown, lines.getJsonObject(i)));
        }
      }
    }
    return Exit.DONE;
  }

  private void print(JsonObject line) {
    Console console = session.console();
    console.print(json.json ? line.encode() + "\n" : text(new AgentLine(console.colours()), line));
    console.flush();
  }

  static String text(AgentLine shown, JsonObject line) {
    return shown.text(line.getString("agent"), line.getLong("generation"), line.getString("text"));
  }
}
