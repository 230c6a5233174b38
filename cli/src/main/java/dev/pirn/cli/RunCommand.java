package dev.pirn.cli;

import dev.pirn.agents.AgentSpec;
import dev.pirn.agents.Agents;
import dev.pirn.agents.AgentsOptions;
import dev.pirn.agents.Language;
import dev.pirn.agents.WatchRules;
import dev.pirn.live.Decoded;
import dev.pirn.live.Live;
import dev.pirn.live.Source;
import dev.pirn.watch.Change;
import dev.pirn.watch.WatchSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
  private static final int MOST_BYTES = 64 * 1024 * 1024;

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
    RunSpec made = new RunSpec(session, wishes, command);
    AgentSpec spec = made.spec();
    RunLog log = new RunLog(session, wishes.noPort);
    try {
      Path state = Files.createTempDirectory("pirn-run-");
      try {
        Thread closing = Thread.ofPlatform().name("pirn-close").unstarted(() -> end(log));
        Runtime.getRuntime().addShutdownHook(closing);
        run(spec, made.globs(), state, log);
      } finally {
        delete(state);
        closed.countDown();
      }
      return Exit.DONE;
    } catch (IOException e) {
      throw new Failure(Problems.noTemporary(Reasons.of(e)));
    }
  }

  private void run(AgentSpec spec, List<String> globs, Path state, RunLog log) {
    AgentsOptions options =
        AgentsOptions.of(session.folder())
            .folders(List.of())
            .specs(List.of(spec))
            .state(state)
            .environment(session.environment())
            .adopting(true)
            .reload(globs.isEmpty());
    try (Agents agents = Agents.open(options, log);
        Live<Integer> _ = globs.isEmpty() ? null : files(agents, spec, globs, log)) {
      log.follow(agents);
    } catch (InterruptedException e) {
      // Only who runs this command inside another program interrupts it, to end it.
    }
  }

  /// The files that somebody has named; the agent's own rules are not asked.
  private static Live<Integer> files(
      Agents agents, AgentSpec spec, List<String> globs, RunLog log) {
    WatchSpec watched =
        WatchSpec.tree(spec.folder())
            .include(globs.toArray(String[]::new))
            .exclude(excluded())
            .debounce(WatchRules.DEFAULT_DELAY);
    Source<Integer> source =
        Source.files(watched, _ -> Decoded.of(true), parts -> Decoded.of(parts.size()));
    Live<Integer> files = Live.of(source.maxBytes(MOST_BYTES)).orElse(0).keep(1).open();
    var _ =
        files.onChange(applied -> {
          log.changed(applied.changes().stream().map(Change::path).toList());
          var _ = agents.restart(spec.name());
        });
    return files;
  }

  /// The folders of which the rules of agents take nothing either.
  private static String[] excluded() {
    return Arrays.stream(Language.values())
        .flatMap(language -> language.excludedFolders().stream())
        .distinct()
        .map(folder -> "**/" + folder + "/**")
        .toArray(String[]::new);
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
