package dev.pirn.agents.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A program that was started, and all that it has started in turn.
///
/// **Threading.** Any thread may call anything; nothing blocks. What depends on [#exit] and on
/// [#stop] runs on the threads that wait for them, unless it is told to run elsewhere; it may
/// block.
///
/// **Life cycle.** It ends by itself, or by [#stop]. What it leaves running when it ends by itself
/// is ended by [#stop] or with the launcher.
public final class ChildProcess {
  /// How long the end of the output is waited for after the end of the process; longer only matters
  /// where something else holds the pipe.
  private static final Duration LAST_WORDS = Duration.ofMillis(200);

  /// How long listeners may take with what is left, once nobody is left to print.
  private static final Duration LAST_LINES = Duration.ofSeconds(1);

  private final Process process;
  private final ProcessId id;
  private final Instant startTime;
  private final Host host;
  private final Members members;
  private final List<Pump> pumps;
  private final Runnable onGone;
  private final Set<Integer> sent = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final CompletableFuture<Stopped> stopped = new CompletableFuture<>();

  @GuardedBy("this")
  private @Nullable Stopping stopping;

  /// @param onGone is told when nothing is left of it
  ChildProcess(
      Process process,
      ProcessId id,
      Host host,
      Members members,
      List<Pump> pumps,
      Runnable onGone) {
    this.process = process;
    this.id = id;
    this.startTime = process.info().startInstant().orElseGet(Instant::now);
    this.host = host;
    this.members = members;
    this.pumps = List.copyOf(pumps);
    this.onGone = onGone;
  }

  void begin() {
    Thread.ofVirtual().name("pirn-exit-" + id.pid()).start(this::awaitExit);
  }

  /// Its number, which is that of its group and session too where there are sessions.
  public long pid() {
    return id.pid();
  }

  /// When it was started.
  public Instant startTime() {
    return startTime;
  }

  /// Whether it runs; what it has started may run when it does not.
  public boolean alive() {
    return process.isAlive();
  }

  /// Completes when it has ended and its last lines are told.
  public CompletionStage<Exit> exit() {
    return exit.minimalCompletionStage();
  }

  /// Sends a signal to it, and not to what it has started.
  ///
  /// @return whether it was sent; not when it has ended, or the system has no such signal
  public boolean signal(Signal signal) {
    Objects.requireNonNull(signal, "signal");
    sent.add(signal.number());
    return process.isAlive() && host.signals().send(id, signal);
  }

  /// Ends it and all that came of it: TERM to all, KILL to those that are left after the grace, and
  /// a look whether they are gone, for at most 2 s more.
  ///
  /// Whoever calls it again gets the same outcome; a shorter grace shortens the one that runs.
  public CompletionStage<Stopped> stop(Duration grace) {
    Objects.requireNonNull(grace, "grace");
    Stopping running;
    synchronized (this) {
      running = stopping;
      if (running == null) {
        Stopping started = new Stopping(host, members, grace, signal -> sent.add(signal.number()));
        stopping = started;
        // A platform thread, because it waits in a system call.
        Thread.ofPlatform().daemon().name("pirn-stop-" + id.pid()).start(() -> finish(started));
      }
    }
    if (running != null) {
      running.hasten(grace);
    }
    return stopped.minimalCompletionStage();
  }

  private void finish(Stopping started) {
    try {
      Stopped outcome = started.run();
      if (!outcome.survivors().contains(id.pid())) {
        awaitQuietly(exit);
      }
      endOutput();
      onGone.run();
      stopped.complete(outcome);
    } catch (RuntimeException | Error e) {
      stopped.completeExceptionally(e);
    }
  }

  private static void awaitQuietly(CompletableFuture<Exit> exit) {
    try {
      exit.get(LAST_LINES.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It is gone, that is certain; only its code is late.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endOutput() {
    try {
      for (Pump pump : pumps) {
        if (!pump.await(LAST_LINES)) {
          pump.end();
        }
      }
    } catch (InterruptedException e) {
      pumps.forEach(Pump::end);
      Thread.currentThread().interrupt();
    }
  }

  private void awaitExit() {
    try {
      int code = process.waitFor();
      // Who belongs to its session must be known before the session's number can be given again.
      boolean alone = members.find().isEmpty();
      for (Pump pump : pumps) {
        boolean _ = pump.await(LAST_WORDS);
      }
      if (alone) {
        onGone.run();
      }
      int signal = new Exit(code, false).signal().orElse(0);
      exit.complete(new Exit(code, sent.contains(signal)));
    } catch (InterruptedException e) {
      exit.completeExceptionally(e);
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      exit.completeExceptionally(e);
    }
  }

  @Override
  public String toString() {
    return "process " + id.pid() + (alive() ? "" : ", ended");
  }
}
