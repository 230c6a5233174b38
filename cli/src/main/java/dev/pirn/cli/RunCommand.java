package dev.pirn.cli;

import dev.pirn.agents.AgentSpec;
import dev.pirn.agents.Agents;
import dev.pirn.agents.AgentsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn run -- COMMAND…`.
@Command(
    name = "run",
    description = {
      "Runs any command as agents are run, without a workspace: it is replaced when its files"
          + " change, behind an address that stays.",
      "It is told in PORT where to listen; --no-port is for one that listens nowhere, and is begun"
          + " anew after each change. A command that ends by itself is started again, or with"
          + " --no-port waits for the next change. Ctrl-C or SIGTERM ends all of it, with 0."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn run -- python3 app.py",
      "  pirn run --watch 'src/**/*.js' --ready /health --port 8080 -- node src/main.js",
      "  pirn run --no-port -- python3 report.py"
    })
final class RunCommand implements Callable<Integer> {
  private final Session session;
  private final CountDownLatch closed = new CountDownLatch(1);

  @Mixin RunOptions wishes = new RunOptions();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "The program and its arguments, after \"--\".")
  List<String> command = List.of();

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    AgentSpec spec = new RunSpec(session, wishes, command).spec();
    RunLog log = new RunLog(session, wishes.noPort);
    try {
      Path state = Files.createTempDirectory("pirn-run-");
      try {
        Thread closing = Thread.ofPlatform().name("pirn-close").unstarted(() -> end(log));
        Runtime.getRuntime().addShutdownHook(closing);
        run(spec, state, log);
      } finally {
        delete(state);
        closed.countDown();
      }
      return Exit.DONE;
    } catch (IOException e) {
      throw new Failure(Problems.noTemporary(Reasons.of(e)));
    }
  }

  private void run(AgentSpec spec, Path state, RunLog log) {
    AgentsOptions options =
        AgentsOptions.of(session.folder())
            .folders(List.of())
            .specs(List.of(spec))
            .state(state)
            .environment(session.environment())
            .adopting(true);
    try (Agents agents = Agents.open(options, log)) {
      log.follow(agents);
    } catch (InterruptedException e) {
      // Only who runs this command inside another program interrupts it, to end it.
    }
  }

  /// Ends all when the process is asked to end.
  private void end(RunLog log) {
    log.end();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(Exit.DONE);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
