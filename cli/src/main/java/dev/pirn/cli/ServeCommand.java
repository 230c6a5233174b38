package dev.pirn.cli;

import ch.qos.logback.classic.Level;
import dev.pirn.server.Server;
import dev.pirn.server.ServerOptions;
import dev.pirn.server.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
      "  pirn serve --log-format json --log-level dev.pirn.live=debug 2> pirn.log"
    })
final class ServeCommand implements Callable<Integer> {
  private final Session session;
  private final CountDownLatch ended = new CountDownLatch(1);

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The workspace; the nearest pirn.yaml from here upwards by default.")
  @Nullable Path dir;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; 0 for any that is free. Goes before server.port in pirn.yaml.")
  @Nullable Integer port;

  @Option(
      names = "--patterns-dir",
      paramLabel = "D",
      description = "The only folder of patterns. Goes before patterns.dirs in pirn.yaml.")
  @Nullable Path patternsDir;

  @Option(
      names = "--no-reload",
      description = "Do not follow files: they are loaded once, and when asked.")
  boolean noReload;

  @Option(
      names = "--debounce",
      paramLabel = "auto|DUR",
      description = "How long a file must be at rest, such as 200ms; auto for not at all.")
  @Nullable String debounce;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How the log on the standard error is written; ${DEFAULT-VALUE} by default.")
  LogFormat logFormat = LogFormat.TEXT;

  @Option(
      names = "--log-level",
      paramLabel = "[LOGGER=]LEVEL",
      description = "How much is logged, such as debug or dev.pirn.watch=trace. May be repeated.")
  List<String> logLevels = List.of();

  ServeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    LogSetup.install(session.console(), logFormat, levels());
    if (dir != null) {
      session.workspace(dir);
    }
    try (Server server = start(options(session.workspace()))) {
      Duration ready = Uptime.now();
      Thread closing = Thread.ofPlatform().name("pirn-close").unstarted(() -> end(server));
      Runtime.getRuntime().addShutdownHook(closing);
      serve(server, ready);
      ended.await();
      return Exit.DONE;
    } catch (InterruptedException e) {
      // Only who runs this command inside another program interrupts it, to end it.
      return Exit.DONE;
    }
  }

  private Server start(ServerOptions options) {
    if (logFormat == LogFormat.JSON) {
      return Server.start(options);
    }
    try (Progress _ = new Progress(session.console(), "reading " + options.workspace().root())) {
      return Server.start(options);
    }
  }

  private void serve(Server server, Duration ready) {
    ServeLog log = new ServeLog(session);
    log.problems();
    session.console().line("pirn: ready at %s in %d ms".formatted(server.url(), ready.toMillis()));
    session.console().flush();
    Thread.ofVirtual().name("pirn-serve-log").start(log::follow);
  }

  /// Closes the server when the process is asked to end. The JVM would end with 143 after a
  /// SIGTERM, but a server that ends when it is asked to has not failed.
  private static void end(Server server) {
    server.close();
    Runtime.getRuntime().halt(Exit.DONE);
  }

  private ServerOptions options(Workspace workspace) {
    if (port != null && (port < 0 || port > 65_535)) {
      throw Failure.usage(Problems.badPort(port));
    }
    return ServerOptions.of(workspace)
        .port(port)
        .patternsDir(patternsDir == null ? null : session.resolve(patternsDir))
        .debounce(debounce == null ? null : Durations.debounce(debounce))
        .reload(!noReload);
  }

  private Map<String, Level> levels() {
    Map<String, Level> levels = new HashMap<>();
    for (String given : logLevels) {
      int equals = given.indexOf('=');
      String word = given.substring(equals + 1);
      Level level = Level.toLevel(word, null);
      if (level == null) {
        throw Failure.usage(Problems.badLevel(given));
      }
      levels.put(equals < 0 ? "" : given.substring(0, equals), level);
    }
    return levels;
  }
}
