package dev.pirn.agents;

import dev.pirn.agents.process.ChildProcess;
import dev.pirn.agents.process.Command;
import dev.pirn.agents.process.Exit;
import dev.pirn.agents.process.LaunchException;
import dev.pirn.agents.process.Launcher;
import dev.pirn.agents.process.OutputListener;
import dev.pirn.agents.process.Tail;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The slow steps of an attempt, each on the thread that calls it: checks the code, builds it,
/// starts a process, and waits until that is ready.
final class Starter {
  private static final int TAIL_LINES = 20;
  private static final int TAIL_CHARACTERS = 8_192;
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
  private static final Duration COMMAND_GRACE = Duration.ofSeconds(1);

  /// What programs say when there can only be one of them.
  private static final Pattern ALONE =
      Pattern.compile("EADDRINUSE|[Aa]ddress already in use|database is locked");

  private final Launcher launcher;
  private final JavaBuild builds;
  private final Ports ports;

  Starter(Launcher launcher, JavaBuild builds, Ports ports) {
    this.ports = ports;
    this.launcher = launcher;
    this.builds = builds;
  }

  /// What is to be started.
  ///
  /// @param words the program and its arguments
  /// @param classes the folder of classes that was compiled for it, or null
  record Prepared(List<String> words, @Nullable Path classes) {}

  /// Is told the lines of a process.
  interface Lines {
    void line(boolean error, String text);
  }

  /// What is wrong with files that have changed.
  List<Diagnostic> check(AgentSpec spec, Collection<Path> files, Map<String, String> environment)
      throws Attempt.Refused, InterruptedException {
    CodeCheck check = CodeCheck.of(spec, files);
    if (check == null) {
      return List.of();
    }
    Tail tail = new Tail(200, 64 * 1024);
    Command command = new Command(check.command(), check.folder(), environment);
    Integer code = run(command, tail, check.limit());
    return code == null ? List.of() : check.problems(code, String.join("\n", tail.lines()));
  }

  /// Builds.
  ///
  /// @throws Attempt.Refused if something is wrong with the code
  Prepared prepare(AgentSpec spec, Map<String, String> environment)
      throws Attempt.Refused, InterruptedException {
    if (!spec.build().isEmpty()) {
      Tail tail = new Tail(TAIL_LINES, TAIL_CHARACTERS);
      Command build = new Command(spec.build(), spec.workingFolder(), environment);
      Integer code = run(build, tail, BUILD_LIMIT);
      if (code == null || code != 0) {
        String how = code == null ? "took longer than 5 min" : "ended with " + code;
        throw new Attempt.Refused("the build " + how, List.of(), tail.lines());
      }
    }
    return switch (spec.launch()) {
      case Launch.Program program -> new Prepared(program.command(), null);
      case Launch.JavaSources sources -> {
        Decoded<JavaBuild.Built> built = builds.build(sources);
        JavaBuild.Built done = built.value();
        if (done == null) {
          throw new Attempt.Refused("the code does not compile", built.diagnostics(), List.of());
        }
        yield new Prepared(done.command(), done.classes());
      }
    };
  }

  /// @return with what it ended; null if that took too long
  private @Nullable Integer run(Command command, Tail tail, Duration limit)
      throws Attempt.Refused, InterruptedException {
    ChildProcess process;
    try {
      process = launcher.start(command, (_, line) -> tail.add(line));
    } catch (LaunchException e) {
      throw new Attempt.Refused(String.valueOf(e.getMessage()), List.of(), List.of());
    }
    try {
      Exit exit = process.exit().toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return exit.code();
    } catch (ExecutionException | TimeoutException e) {
      return null;
    } finally {
      var _ = process.stop(COMMAND_GRACE);
    }
  }

  /// Starts a process.
  ///
  /// @param environment to which `PORT` is added
  /// @param lines is told what it prints
  /// @param ready completed by the line that says that it is ready, if one is to say so
  Generation start(
      AgentSpec spec,
      long number,
      Prepared prepared,
      Map<String, String> environment,
      Lines lines,
      CompletableFuture<Boolean> ready)
      throws Attempt.Refused {
    int port = freePort();
    Tail tail = new Tail(TAIL_LINES, TAIL_CHARACTERS);
    OutputListener listener =
        (source, text) -> {
          tail.add(text);
          if (!ready.isDone() && ReadinessProbe.says(spec.readiness(), text)) {
            ready.complete(true);
          }
          lines.line(source == OutputListener.Source.STDERR, text);
        };
    Command command = new Command(prepared.words(), spec.workingFolder(), with(environment, port));
    try {
      ChildProcess process = launcher.start(command, listener);
      return new Generation(
          number, process, "127.0.0.1", port, tail, prepared.classes(), System.nanoTime());
    } catch (LaunchException e) {
      throw new Attempt.Refused(String.valueOf(e.getMessage()), List.of(), List.of());
    }
  }

  private int freePort() throws Attempt.Refused {
    try {
      return ports.free();
    } catch (IOException e) {
      throw new Attempt.Refused("no port is free: " + e.getMessage(), List.of(), List.of());
    }
  }

  private static Map<String, String> with(Map<String, String> environment, int port) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("PORT", Integer.toString(port));
    return all;
  }

  /// Waits until a process is ready.
  ///
  /// @return where it listens
  /// @throws Attempt.Refused if it will not be; it may run still
  String await(
      AgentSpec spec,
      Generation generation,
      Map<String, String> environment,
      CompletableFuture<Boolean> ready)
      throws Attempt.Refused, InterruptedException {
    Command command =
        new Command(List.of("true"), spec.workingFolder(), with(environment, generation.port()));
    ReadinessProbe probe =
        new ReadinessProbe(
            launcher, spec.readiness(), command, generation.process(), generation.port(), ready);
    String why = probe.await();
    if (why != null) {
      List<String> last = generation.tail().lines();
      boolean alone = spec.mode() == Mode.BLUE_GREEN && last.stream().anyMatch(ALONE.asPredicate());
      String hint = alone ? "; if there can only be one of it, write mode: hold in agent.yaml" : "";
      throw new Attempt.Refused(why + hint, List.of(), last);
    }
    return probe.host();
  }
}
