package dev.pirn.bench;

import dev.pirn.agents.AgentTemplate;
import dev.pirn.agents.Agents;
import dev.pirn.agents.AgentsOptions;
import dev.pirn.agents.WatchVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// What it costs to keep ten agents of which nobody asks anything, and whose files nobody touches.
final class IdleAgents {
  private static final int AGENTS = 10;
  private static final int MODULES = 100;
  private static final long SETTLE_NANOS = 3_000_000_000L;

  private IdleAgents() {}

  static String run(int seconds) throws Exception {
    String figure = "pirn: CPU with %d idle Python agents".formatted(AGENTS);
    if (!CpuTime.counted()) {
      return Sample.skipped(figure, "there is no /proc here");
    }
    String missing = AgentProgram.python().missing();
    if (missing != null) {
      return Sample.skipped(figure, missing);
    }
    Path workspace = Files.createTempDirectory("pirn-bench-idle-").toRealPath();
    for (int i = 0; i < AGENTS; i++) {
      Path folder = Files.createDirectories(workspace.resolve("agents/idle" + i));
      for (Map.Entry<String, String> file : AgentTemplate.PYTHON.files().entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
      for (int module = 0; module < MODULES; module++) {
        Files.writeString(folder.resolve("module%d.py".formatted(module)), "VALUE = 1\n");
      }
    }
    try (Agents agents = AgentKeeper.Pirn.open(AgentsOptions.of(workspace), AGENTS)) {
      LockSupport.parkNanos(SETTLE_NANOS);
      double percent = CpuTime.percent(ProcessHandle.current().pid(), seconds);
      return String.format(
          Locale.ROOT,
          "%-66s %10.2f %% of a core in %d s; %,d files in force, %d inotify watches, %d threads",
          figure,
          percent,
          seconds,
          inForce(agents, workspace),
          inotifyWatches(),
          Thread.getAllStackTraces().size());
    } finally {
      Folders.delete(workspace);
    }
  }

  /// How many files there are whose change does something.
  private static long inForce(Agents agents, Path workspace) throws IOException {
    try (Stream<Path> files = Files.walk(workspace.resolve("agents"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file ->
              agents.explain(file).verdicts().values().stream()
                  .anyMatch(it ->
                      it.effect() == WatchVerdict.Effect.RESTART
                          || it.effect() == WatchVerdict.Effect.DEFINITION))
          .count();
    }
  }

  private static long inotifyWatches() throws IOException {
    long watches = 0;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fdinfo"))) {
      for (Path descriptor : descriptors.toList()) {
        try (Stream<String> lines = Files.lines(descriptor)) {
          watches += lines.filter(line -> line.startsWith("inotify ")).count();
        } catch (IOException | UncheckedIOException e) {
          // The one by which the folder was listed is closed by now.
        }
      }
    }
    return watches;
  }
}
