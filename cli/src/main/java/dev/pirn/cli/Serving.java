package dev.pirn.cli;

import dev.pirn.server.Server;
import dev.pirn.server.ServerOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// Runs a server in this process until that is asked to end.
final class Serving {
  private final Session session;
  private final ServingOptions wishes;
  private final CountDownLatch ended = new CountDownLatch(1);

  Serving(Session session, ServingOptions wishes) {
    this.session = session;
    this.wishes = wishes;
  }

  /// Sets the log up, before anything is said there.
  void log() {
    LogSetup.install(session.console(), wishes.logFormat, wishes.levels());
  }

  /// Serves until Ctrl-C or SIGTERM.
  ///
  /// @return the exit code
  int serve(ServerOptions options) {
    // The process is ours: it has no children but agents.
    ServerOptions own = options.agents(options.agents().adopting(true));
    try (Server server = start(wishes.apply(own))) {
      Duration ready = Uptime.now();
      Thread closing = Thread.ofPlatform().name("pirn-close").unstarted(() -> end(server));
      Runtime.getRuntime().addShutdownHook(closing);
      tell(server, ready);
      ended.await();
      return Exit.DONE;
    } catch (InterruptedException e) {
      // Only who runs this command inside another program interrupts it, to end it.
      return Exit.DONE;
    }
  }

  private Server start(ServerOptions options) {
    if (wishes.logFormat == LogFormat.JSON) {
      return Server.start(options);
    }
    try (Progress _ = new Progress(session.console(), "reading " + options.workspace().root())) {
      return Server.start(options);
    }
  }

  private void tell(Server server, Duration ready) {
    ServeLog log = new ServeLog(session, !wishes.quiet);
    log.problems();
    session.console().line("pirn: ready at %s in %d ms".formatted(server.url(), ready.toMillis()));
    // They are secrets, and no part of a log that nobody asked for them.
    if (!server.links().isEmpty() && (wishes.lan || session.console().outTerminal())) {
      DevicesCommand.print(session.console(), server.links());
    }
    session.console().flush();
    Thread.ofVirtual().name("pirn-serve-log").start(log::follow);
  }

  /// Closes the server when the process is asked to end. The JVM would end with 143 after a
  /// SIGTERM, but a server that ends when it is asked to has not failed.
  private static void end(Server server) {
    server.close();
    Runtime.getRuntime().halt(Exit.DONE);
  }
}
