package dev.pirn.agents.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.agents.process.LaunchException.Reason;
import dev.pirn.agents.process.OutputListener.Source;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Starts programs, and sees to it that nothing of them stays behind.
///
/// ```java
/// try (Launcher launcher = Launcher.open(LauncherOptions.of(log::warn))) {
///   ChildProcess child =
///       launcher.start(new Command(List.of("python3", "agent.py"), folder, environment), listener);
///   child.exit().thenAccept(exit -> ...);
///   child.stop(Duration.ofSeconds(3)).thenAccept(stopped -> ...);
/// }
/// ```
///
/// Each program is the leader of its own session, reads `/dev/null`, and carries in its environment
/// the mark of this launcher (`PIRN_RUN`) and one of its own (`PIRN_PROCESS`).
///
/// **Threading.** Any thread may call anything. Starting takes about a millisecond, under a lock.
///
/// **Life cycle.** [#close] stops what runs, a start that is under way included, and takes no
/// longer than its grace and some seconds.
///
/// **Platform.** All of it on Linux with native access; see [Capability] for what is lost
/// elsewhere.
public final class Launcher implements AutoCloseable {
  /// The mark of everything that a launcher starts.
  static final String RUN = "PIRN_RUN";

  /// The mark of one process and all that comes of it.
  static final String PROCESS = "PIRN_PROCESS";

  /// What stopping takes beyond its grace: verifying, and the last lines.
  private static final Duration BEYOND_GRACE = Duration.ofSeconds(5);

  private final LauncherOptions options;
  private final Children children = new Children();
  private final Host host;
  private final String runId;
  private volatile @Nullable Guardian guardian;
  private final @Nullable Adoption adoption;

  @GuardedBy("this")
  private final Map<Family, ChildProcess> running = new LinkedHashMap<>();

  @GuardedBy("this")
  private int number;

  @GuardedBy("this")
  private boolean guarded;

  @GuardedBy("this")
  private boolean closed;

  private Launcher(LauncherOptions options, Host.Access access) {
    this.options = options;
    this.host = Host.of(access, children);
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    this.runId = HexFormat.of().formatHex(random);
    this.adoption =
        options.adopting() && host.calls() ? Adoption.begin(host.table(), children) : null;
    Capability.of(host, options).stream()
        .filter(capability -> !capability.available())
        .forEach(it -> options.trouble().accept("no " + it.name() + ": " + it.meaning()));
  }

  /// Opens one; what the system does not offer is reported as trouble.
  public static Launcher open(LauncherOptions options) {
    return open(options, access(options));
  }

  static Launcher open(LauncherOptions options, Host.Access access) {
    return new Launcher(Objects.requireNonNull(options, "options"), access);
  }

  static Host.Access access(LauncherOptions options) {
    return options.portable() ? Host.Access.PORTABLE : Host.Access.FULL;
  }

  private @Nullable Guardian guardian() {
    if (!Guardian.possible(host)) {
      return null;
    }
    try {
      return Guardian.start(host, children, runId, options.trouble());
    } catch (IOException e) {
      options
          .trouble()
          .accept(
              "the guardian could not be started; agents stay behind when this process is killed: "
                  + e.getMessage());
      return null;
    }
  }

  /// What everything that is started here is marked with, to be kept for [#endLeftovers].
  public String runId() {
    return runId;
  }

  /// What the system offers.
  public List<Capability> capabilities() {
    return Capability.of(host, options);
  }

  /// Starts a program.
  ///
  /// @throws LaunchException when that cannot be done; nothing is left of it
  public ChildProcess start(Command command, OutputListener listener) throws LaunchException {
    Objects.requireNonNull(listener, "listener");
    Path program = Programs.resolve(command);
    synchronized (this) {
      if (closed) {
        throw new LaunchException(Reason.CLOSED, "the launcher is closed", null);
      }
      if (!guarded && options.guardian()) {
        // With the first process, as before there is nothing to guard.
        guarded = true;
        guardian = guardian();
      }
      try {
        ChildProcess child = spawn(command, program, listener);
        child.begin();
        return child;
      } catch (IOException | IllegalArgumentException e) {
        throw new LaunchException(
            Reason.REFUSED, program + " could not be started: " + reason(e), e);
      }
    }
  }

  /// The JDK's message names setsid; that of its cause says what happened.
  private static String reason(Exception e) {
    Throwable cause = e.getCause();
    String message = cause == null ? e.getMessage() : cause.getMessage();
    return String.valueOf(message).strip();
  }

  @GuardedBy("this")
  private ChildProcess spawn(Command command, Path program, OutputListener listener)
      throws IOException {
    String mark = runId + "/" + ++number;
    ProcessBuilder builder = builder(command, program, mark);
    List<OutputPipe> pipes = new ArrayList<>();
    Process process;
    try {
      if (host.calls()) {
        pipes.add(OutputPipe.open());
        builder.redirectOutput(pipes.getFirst().writer());
        pipes.add(OutputPipe.open());
        builder.redirectError(pipes.getLast().writer());
      }
      process = children.spawn(builder);
    } catch (IOException | IllegalArgumentException e) {
      for (OutputPipe pipe : pipes) {
        pipe.in().close();
      }
      throw e;
    } finally {
      pipes.forEach(OutputPipe::closeWriter);
    }
    ProcessEntry entry = host.table().entry(process.pid());
    ProcessId id = entry == null ? new ProcessId(process.pid(), -1) : entry.id();
    Set<String> names = Set.copyOf(pipes.stream().map(OutputPipe::name).toList());
    Family family = new Family(host.table(), id, PROCESS + "=" + mark, names, this::isSpared);
    InputStream out = pipes.isEmpty() ? process.getInputStream() : pipes.getFirst().in();
    InputStream err = pipes.isEmpty() ? process.getErrorStream() : pipes.getLast().in();
    List<Pump> pumps =
        List.of(
            Pump.start("pirn-out-" + id.pid(), out, Source.STDOUT, listener, options.trouble()),
            Pump.start("pirn-err-" + id.pid(), err, Source.STDERR, listener, options.trouble()));
    ChildProcess child =
        new ChildProcess(process, id, host, withStrays(family), pumps, () -> gone(family));
    running.put(family, child);
    return child;
  }

  private ProcessBuilder builder(Command command, Path program, String mark) {
    List<String> words = new ArrayList<>();
    Path setsid = host.setsid();
    if (setsid != null) {
      // It executes the program in its own place: pid, group and session are one number.
      words.add(setsid.toString());
    }
    words.add(program.toString());
    words.addAll(command.words().subList(1, command.words().size()));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(command.folder().toFile())
            .redirectInput(new File(File.separatorChar == '/' ? "/dev/null" : "NUL"));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(command.environment());
    environment.put(RUN, runId);
    environment.put(PROCESS, mark);
    return builder;
  }

  private boolean isSpared(long pid) {
    Guardian own = guardian;
    return pid == Host.self() || (own != null && pid == own.pid());
  }

  /// Orphans that nothing tells anything of belong to the last process that runs.
  private Members withStrays(Family family) {
    Adoption adopting = adoption;
    if (adopting == null) {
      return family;
    }
    return new Members() {
      @Override
      public long group() {
        return family.group();
      }

      @Override
      public List<ProcessEntry> find() {
        List<ProcessEntry> all = new ArrayList<>(family.find());
        if (isLast(family)) {
          adopting.strays().stream().filter(it -> !all.contains(it)).forEach(all::add);
        }
        return all;
      }
    };
  }

  private synchronized boolean isLast(Family family) {
    return running.keySet().stream().allMatch(it -> it == family);
  }

  private synchronized void gone(Family family) {
    running.remove(family);
  }

  /// Ends what an earlier run has left behind, when it and its guardian were killed.
  ///
  /// It takes no longer than the grace and 2 s.
  ///
  /// @param runId that run's [#runId]
  public Stopped endLeftovers(String runId, Duration grace) {
    if (runId.isEmpty() || runId.equals(this.runId)) {
      throw new IllegalArgumentException("not the id of an earlier run: \"" + runId + "\"");
    }
    return sweep(runId, grace);
  }

  private Stopped sweep(String run, Duration grace) {
    return new Stopping(host, new Marked(host.table(), RUN + "=" + run), grace, _ -> {}).run();
  }

  /// Stops all that runs, and ends the guardian. Idempotent; a second call waits for the first.
  @Override
  public void close() {
    List<ChildProcess> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(running.values());
    }
    List<CompletableFuture<Stopped>> stopping =
        left.stream().map(it -> it.stop(options.closeGrace()).toCompletableFuture()).toList();
    await(CompletableFuture.allOf(stopping.toArray(CompletableFuture[]::new)));
    // What has left a process that ended by itself since then, and was not found then.
    Stopped rest = sweep(runId, Duration.ZERO);
    if (!rest.complete()) {
      options.trouble().accept("these processes do not end: " + rest.survivors());
    }
    Guardian own = guardian;
    if (own != null) {
      own.close();
    }
    if (adoption != null) {
      adoption.close();
    }
  }

  private void await(CompletableFuture<Void> all) {
    try {
      all.get(options.closeGrace().plus(BEYOND_GRACE).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      options.trouble().accept("not everything could be stopped: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
