package dev.pirn.agents.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Signals by the program `kill`, and where there is none, what the JDK has: TERM and KILL for
/// single processes.
final class ProgramSignals implements Signals {
  private static final long MOST_SECONDS = 2;

  private final ProcessTable table;
  private final @Nullable Path program;
  private final Spawner spawner;

  ProgramSignals(ProcessTable table, @Nullable Path program, Spawner spawner) {
    this.table = table;
    this.program = program;
    this.spawner = spawner;
  }

  @Override
  public boolean send(ProcessId id, Signal signal) {
    long pid = Signals.checked(id.pid());
    if (!table.alive(id)) {
      return false;
    }
    return switch (signal) {
      case TERM -> ProcessHandle.of(pid).map(ProcessHandle::destroy).orElse(false);
      case KILL -> ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
      default -> run(signal, Long.toString(pid));
    };
  }

  @Override
  public boolean sendToGroup(long group, Signal signal) {
    return run(signal, "-" + Signals.checked(group));
  }

  @Override
  public boolean reachGroups() {
    return program != null;
  }

  private boolean run(Signal signal, String target) {
    if (program == null) {
      return false;
    }
    ProcessBuilder builder =
        new ProcessBuilder(List.of(program.toString(), "-s", signal.name(), "--", target))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = spawner.spawn(builder);
      if (process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
