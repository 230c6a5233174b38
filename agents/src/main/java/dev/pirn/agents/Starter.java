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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Does the slow steps of an attempt, on the thread that it is given: checks the code, builds it,
/// starts a process, and waits until that is ready.
final class Starter {
  private static final int TAIL_LINES = 20;
  private static final int TAIL_CHARACTERS = 8_192;
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
  private static final Duration COMMAND_GRACE = Duration.ofSeconds(1);

  private final Launcher launcher;
  private final JavaBuild builds;

  Starter(Launcher launcher, JavaBuild builds) {
    this.launcher = launcher;
    this.builds = builds;
  }

  /// What is to be started.
  ///
  /// @param words the program and its arguments
  /// @param classes the folder of classes that was compiled for it, or null
  record Prepared(List<String> words, @Nullable Path classes) {}

  /// Checks and builds.
  ///
  /// @throws Attempt.Refused if something is wrong with the code
  Prepared prepare(AgentSpec spec, Attempt attempt, Map<String, String> environment)
      throws Attempt.Refused, InterruptedException {
    CodeCheck check = CodeCheck.of(spec, attempt.files());
    if (check != null) {
      check(check, environment);
    }
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

  private void check(CodeCheck check, Map<String, String> environment)
      throws Attempt.Refused, InterruptedException {
    Tail tail = new Tail(200, 64 * 1024);
    Command command = new Command(check.command(), check.folder(), environment);
    Integer code = run(command, tail, check.limit());
    List<Diagnostic> problems =
        code == null ? List.of() : check.problems(code, String.join("\n", tail.lines()));
    if (!problems.isEmpty()) {
      throw new Attempt.Refused("the code has mistakes", problems, List.of());
    }
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
  /// @param environment with `PORT` to be added
  /// @param lines is told what it prints
  /// @param line completed by the line that says that it is ready, if it is to say so
  Generation start(
      AgentSpec spec,
      long number,
      Prepared prepared,
      Map<String, String> environment,
      OutputListener lines,
      CompletableFuture<Boolean> line)
      throws Attempt.Refused {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    } catch (IOException e) {
      throw new Attempt.Refused("no port is free: " + e.getMessage(), List.of(), List.of());
    }
    Map<String, String> all = new HashMap<>(environment);
    all.put("PORT", Integer.toString(port));
    Tail tail = new Tail(TAIL_LINES, TAIL_CHARACTERS);
    OutputListener listener =
        (source, text) -> {
          tail.add(text);
          if (!line.isDone() && ReadinessProbe.says(spec.readiness(), text)) {
            line.complete(true);
          }
          lines.line(source, text);
        };
    try {
      Command command = new Command(prepared.words(), spec.workingFolder(), all);
      ChildProcess process = launcher.start(command, listener);
      return new Generation(number, process, port, tail, prepared.classes(), System.nanoTime());
    } catch (LaunchException e) {
      throw new Attempt.Refused(String.valueOf(e.getMessage()), List.of(), List.of());
    }
  }

  /// Waits until a process is ready.
  ///
  /// @throws Attempt.Refused if it will not be; it runs still
  void await(
      AgentSpec spec,
      Generation generation,
      Map<String, String> environment,
      CompletableFuture<Boolean> line)
      throws Attempt.Refused, InterruptedException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("PORT", Integer.toString(generation.port()));
    Command command = new Command(List.of("true"), spec.workingFolder(), all);
    ReadinessProbe probe =
        new ReadinessProbe(
            launcher, spec.readiness(), command, generation.process(), generation.port(), line);
    String why = probe.await();
    if (why != null) {
      throw new Attempt.Refused(why, List.of(), generation.tail().lines());
    }
  }
}
