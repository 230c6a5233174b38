package dev.pirn.cli;

import dev.pirn.server.ServerFile;
import dev.pirn.server.Workspace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Starts a server that outlives this command, and waits until its agents are up.
final class Detached {
  /// What the launcher says of itself.
  private static final String LAUNCHER = "pirn.launcher";

  private static final Set<String> SETTLED = Set.of("active", "failed", "backing_off");
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final long PAUSE_MILLIS = 50;

  private final Session session;
  private final ServingOptions wishes;
  private final boolean json;
  private final Workspace workspace;

  Detached(Session session, ServingOptions wishes, boolean json) {
    this.session = session;
    this.wishes = wishes;
    this.json = json;
    this.workspace = session.workspace();
  }

  /// Starts it.
  ///
  /// @param agents the agents that it will run, by name
  /// @param paths where they were named; none for all of the workspace
  /// @return the exit code
  int start(Set<String> agents, List<Path> paths) {
    Path log = workspace.stateFolder().resolve("server.log");
    long begin = System.nanoTime();
    try {
      Process process = launch(paths, log);
      Connection server = untilItAnswers(process, log);
      JsonArray processes = untilSettled(process, server, agents, log);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      return tell(server, processes, log, took);
    } catch (IOException e) {
      throw new Failure(Problems.notWritten(log, Reasons.of(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    }
  }

  private Process launch(List<Path> paths, Path log) throws IOException {
    String launcher = System.getProperty(LAUNCHER);
    if (launcher == null) {
      throw new Failure(Problems.noLauncher());
    }
    List<String> command = new ArrayList<>(List.of(launcher));
    command.addAll(List.of("-C", workspace.root().toString(), "agents", "start"));
    // What agents print is kept in files of bounded size; this one only has what happens.
    command.add("--quiet");
    command.addAll(wishes.words());
    command.add("--");
    paths.forEach(path -> command.add(path.toString()));
    folder(workspace.stateFolder());
    if (Files.exists(log)) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(session.folder().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(log.toFile())
            .redirectErrorStream(true);
    builder.environment().put("PIRN_DETACHED", "yes");
    return builder.start();
  }

  /// The log may have what only its owner may read, as all in this folder.
  private static void folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
      Files.createDirectory(folder);
      if (posix) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  private Connection untilItAnswers(Process process, Path log) throws InterruptedException {
    while (true) {
      ServerFile file = ServerFile.find(workspace.root()).orElse(null);
      if (file != null && file.pid() == process.pid()) {
        return new Connection(file, workspace);
      }
      pause(process, log);
    }
  }

  private static void pause(Process process, Path log) throws InterruptedException {
    if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new Failure(Problems.notStarted(log));
    }
  }

  private JsonArray untilSettled(Process process, Connection server, Set<String> agents, Path log)
      throws InterruptedException {
    long limit = System.nanoTime() + LONGEST.toNanos();
    AgentAnswers answers = new ServerAgents(server);
    while (true) {
      JsonArray processes = AgentsListCommand.processes(answers.list());
      if (in(SETTLED, processes).containsAll(agents) || System.nanoTime() - limit > 0) {
        return processes;
      }
      pause(process, log);
    }
  }

  private static Set<String> in(Set<String> phases, JsonArray processes) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < processes.size(); i++) {
      JsonObject process = processes.getJsonObject(i);
      if (phases.contains(process.getString("phase", ""))) {
        names.add(process.getString("name"));
      }
    }
    return names;
  }

  private int tell(Connection server, JsonArray processes, Path log, Duration took) {
    Console console = session.console();
    String shownLog = session.show(log.toString());
    if (json) {
      console.line(
          new JsonObject()
              .put("url", server.url())
              .put("pid", server.pid())
              .put("log", workspace.show(log))
              .put("agents", processes)
              .encodePrettily());
    } else {
      console.line(
          "pirn: ready at %s in %d ms, process %d"
              .formatted(server.url(), took.toMillis(), server.pid()));
      console.line("log: %s; end it with: pirn agents stop --all".formatted(shownLog));
      console.print("\n" + AgentText.table(processes));
    }
    return in(Set.of("active"), processes).size() == processes.size() ? Exit.DONE : Exit.FAILED;
  }
}
