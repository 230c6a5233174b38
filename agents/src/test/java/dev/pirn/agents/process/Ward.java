package dev.pirn.agents.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A launcher for programs that behave badly, what they print, and what it complains of.
final class Ward implements AutoCloseable {
  static final Duration GRACE = Duration.ofSeconds(5);
  static final Duration NO_GRACE = Duration.ZERO;

  final List<String> lines = new CopyOnWriteArrayList<>();
  final List<String> trouble = new CopyOnWriteArrayList<>();
  final Path folder;
  final Launcher launcher;

  private Ward(Path folder, boolean guardian, boolean adopting, Host.Access access) {
    this.folder = folder;
    LauncherOptions options =
        LauncherOptions.of(trouble::add)
            .withGuardian(guardian)
            .withAdopting(adopting)
            .withCloseGrace(Duration.ZERO);
    this.launcher = Launcher.open(options, access);
  }

  static Ward open(Path folder) {
    return new Ward(folder, false, false, Host.Access.FULL);
  }

  static Ward open(Path folder, Host.Access access) {
    return new Ward(folder, false, false, access);
  }

  static Ward guarded(Path folder) {
    return new Ward(folder, true, false, Host.Access.FULL);
  }

  static Ward adopting(Path folder) {
    return new Ward(folder, true, true, Host.Access.FULL);
  }

  ChildProcess sh(String script) throws LaunchException {
    return run("sh", "-c", script);
  }

  ChildProcess run(String... words) throws LaunchException {
    return launcher.start(command(words), (source, line) -> lines.add(source + " " + line));
  }

  Command command(String... words) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    return new Command(List.of(words), folder, environment);
  }

  /// Waits until a program has printed a number, and returns it.
  long printed(String name) {
    String start = "STDOUT " + name + " ";
    await("a line " + name).atMost(Duration.ofSeconds(10)).until(() -> find(start) != null);
    return Long.parseLong(String.valueOf(find(start)).substring(start.length()).trim());
  }

  private String find(String start) {
    return lines.stream().filter(it -> it.startsWith(start)).findFirst().orElse(null);
  }

  static <T> T get(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static boolean alive(long pid) {
    ProcessEntry entry = new ProcTable().entry(pid);
    return entry != null && !entry.dead();
  }

  /// The pids that carry the mark of a run.
  static List<Long> marked(String runId) {
    List<Long> pids = new ArrayList<>();
    new Marked(new ProcTable(), Launcher.RUN + "=" + runId)
        .find()
        .forEach(entry -> pids.add(entry.pid()));
    return pids;
  }

  @Override
  public void close() {
    launcher.close();
    assertThat(marked(launcher.runId())).as("left behind").isEmpty();
  }
}
