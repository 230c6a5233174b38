package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// `./pirn` in a folder, as people run it: real processes, with the jars of the build. Closing it
/// ends those that run still.
final class Launched implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(90);

  private final Path folder;
  private final Path outputs;
  private final List<Running> started = new ArrayList<>();

  /// @param outputs where what is printed is kept
  Launched(Path folder, Path outputs) {
    this.folder = folder;
    this.outputs = outputs;
  }

  /// Begins with the usual effect of SIGINT, which is ignored in whatever a shell has put into the
  /// background, such as a build.
  private static final String HEEDING =
      """
      import os, signal, sys
      signal.signal(signal.SIGINT, signal.SIG_DFL)
      os.execv(sys.argv[1], sys.argv[1:])
      """;

  /// A process that runs beside the test.
  record Running(Process process, Path file) {
    String out() {
      return read(file);
    }

    String err() {
      return read(errors(file));
    }

    /// Waits until something was printed.
    MatchResult until(String regex) {
      Pattern pattern = Pattern.compile(regex);
      Matcher[] found = new Matcher[1];
      Awaitility.await()
          .atMost(LIMIT)
          .untilAsserted(() -> {
            String all = out() + err();
            found[0] = pattern.matcher(all);
            assertThat(found[0].find()).as("%s in: %s", regex, all).isTrue();
          });
      return found[0].toMatchResult();
    }

    int exit() throws InterruptedException {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(out() + err()).isTrue();
      return process.exitValue();
    }
  }

  private static Path errors(Path file) {
    return file.resolveSibling(file.getFileName() + ".err");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Running start(String... args) {
    List<String> command = new ArrayList<>(List.of(Desk.HOME.resolve("pirn").toString()));
    command.addAll(List.of(args));
    return startCommand(command);
  }

  /// Starts a command that Ctrl-C ends.
  Running startHeeding(String... args) {
    String launcher = Desk.HOME.resolve("pirn").toString();
    List<String> command = new ArrayList<>(List.of("python3", "-c", HEEDING, launcher));
    command.addAll(List.of(args));
    return startCommand(command);
  }

  Running startCommand(List<String> command) {
    try {
      Path file = Files.createTempFile(outputs, "run", ".out");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("PIRN_BUILD", "no");
      builder.environment().put("PIRN_CACHE", "no");
      builder.environment().put("PATH", Desk.HOME + ":" + System.getenv("PATH"));
      builder.redirectOutput(file.toFile());
      builder.redirectError(errors(file).toFile());
      Running running = new Running(builder.start(), file);
      started.add(running);
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a command to its end.
  Ran run(int exit, String... args) throws InterruptedException {
    return ended(exit, start(args));
  }

  Ran runCommand(int exit, List<String> command) throws InterruptedException {
    return ended(exit, startCommand(command));
  }

  private static Ran ended(int exit, Running running) throws InterruptedException {
    int code = running.exit();
    assertThat(code).as(running.out() + running.err()).isEqualTo(exit);
    return new Ran(code, running.out(), running.err());
  }

  /// The processes whose command line has a text.
  static List<String> processesWith(String text) {
    return ProcessHandle.allProcesses()
        .map(it -> it.info().commandLine().orElse(""))
        .filter(line -> line.contains(text))
        .toList();
  }

  @Override
  public void close() {
    started.forEach(running -> running.process().destroyForcibly());
  }
}
