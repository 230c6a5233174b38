package dev.pirn.cli;

import dev.pirn.server.ServerOptions;
import dev.pirn.server.Workspace;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn serve [DIR]`.
@Command(
    name = "serve",
    description = {
      "Serves a workspace: follows its files, and answers over HTTP and on the command line.",
      "Prints one line when it is up, and then what changes, until Ctrl-C or SIGTERM."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn serve",
      "  pirn serve examples/workshop --port 0",
      "  pirn serve --lan                   for a telephone too, with a link to scan",
      "  pirn serve --quiet                 without what agents print",
      "  pirn serve --log-format json --log-level dev.pirn.live=debug 2> pirn.log"
    })
final class ServeCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The workspace; the nearest pirn.yaml from here upwards by default.")
  @Nullable Path dir;

  @Option(
      names = "--patterns-dir",
      paramLabel = "D",
      description = "The only folder of patterns. Goes before patterns.dirs in pirn.yaml.")
  @Nullable Path patternsDir;

  @Option(
      names = "--debounce",
      paramLabel = "auto|DUR",
      description = "How long a file must be at rest, such as 200ms; auto for not at all.")
  @Nullable String debounce;

  @Mixin ServingOptions serving = new ServingOptions();

  ServeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Serving server = new Serving(session, serving);
    server.log();
    if (dir != null) {
      session.workspace(dir);
    }
    return server.serve(options(session.workspace()));
  }

  private ServerOptions options(Workspace workspace) {
    return ServerOptions.of(workspace)
        .patternsDir(patternsDir == null ? null : session.resolve(patternsDir))
        .debounce(debounce == null ? null : Durations.debounce(debounce));
  }
}
