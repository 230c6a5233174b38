package dev.pirn.agents;

import dev.pirn.agents.process.ChildProcess;
import dev.pirn.agents.process.Command;
import dev.pirn.agents.process.Exit;
import dev.pirn.agents.process.LaunchException;
import dev.pirn.agents.process.Launcher;
import dev.pirn.agents.process.LauncherOptions;
import dev.pirn.agents.process.Tail;
import dev.pirn.live.Diagnostic;
import dev.pirn.yaml.YamlNode;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A command that is run to its end now and then, such as somebody's tests. Nothing of it stays
/// behind: neither after its end, nor when this process is killed.
///
/// **Threading.** Any thread may call anything; runs may overlap.
public final class OneCommand implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.pirn.agents");
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int TAIL_LINES = 50;
  private static final int TAIL_CHARACTERS = 8 * 1024;

  private final Launcher launcher;
  private final Command command;
  private final Duration limit;

  /// How a run ended.
  ///
  /// @param passed whether it returned 0
  /// @param how in words
  /// @param lines what it printed last
  public record Outcome(boolean passed, String how, List<String> lines) {
    public Outcome {
      Objects.requireNonNull(how, "how");
      lines = List.copyOf(lines);
    }
  }

  /// @param words the program and its arguments; there is no shell
  /// @param folder where it is run
  /// @param environment all that it gets
  /// @param limit after which it is ended
  public OneCommand(
      List<String> words, Path folder, Map<String, String> environment, Duration limit) {
    this.command = new Command(words, folder, environment);
    this.limit = Objects.requireNonNull(limit, "limit");
    this.launcher =
        Launcher.open(
            LauncherOptions.of(text -> LOG.log(Logger.Level.WARNING, text)).withCloseGrace(GRACE));
  }

  /// Reads a command as it is written in a file of YAML: a list of words, or a text.
  ///
  /// @param said gets what is wrong with it
  /// @return the words; none if something is wrong
  public static List<String> words(YamlNode node, List<Diagnostic> said) {
    return CommandWords.of(node, said);
  }

  /// Runs it, and waits for its end.
  ///
  /// @throws InterruptedException when the waiting is interrupted, which ends it
  public Outcome run() throws InterruptedException {
    return run(launcher, command, limit);
  }

  static Outcome run(Launcher launcher, Command command, Duration limit)
      throws InterruptedException {
    Tail tail = new Tail(TAIL_LINES, TAIL_CHARACTERS);
    ChildProcess process;
    try {
      process = launcher.start(command, (_, line) -> tail.add(line));
    } catch (LaunchException e) {
      return new Outcome(false, String.valueOf(e.getMessage()), List.of());
    }
    try {
      Exit exit = process.exit().toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return new Outcome(exit.code() == 0, exit.toString(), tail.lines());
    } catch (TimeoutException e) {
      String how = "took longer than %d s".formatted(limit.toSeconds());
      return new Outcome(false, how, tail.lines());
    } catch (ExecutionException e) {
      return new Outcome(false, String.valueOf(e.getCause()), tail.lines());
    } finally {
      var _ = process.stop(GRACE);
    }
  }

  /// Ends what runs.
  @Override
  public void close() {
    launcher.close();
  }
}
