package dev.pirn.agents.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A process that outlives this one by a moment, to end what this one had no time to end.
///
/// It reads a pipe whose other end only we hold. A word is written into it when all is done; when
/// it ends without one, we were killed, and everything that carries our mark is killed too. The
/// guardian carries no mark, and is in a session of its own.
final class Guardian implements AutoCloseable {
  /// Kills groups as well, to reach those that have cleared their environment but not left. The
  /// last look, a second later, is for a process that had just been about to get its mark.
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      read -r word
      [ "$word" = done ] && exit 0
      sweep() {
        round=0
        while [ $round -lt 20 ]; do
          round=$((round + 1))
          found=
          for file in $(grep -lF "PIRN_RUN=$1" /proc/[0-9]*/environ 2>/dev/null); do
            pid=${file#/proc/}
            pid=${pid%/environ}
            [ "$pid" -gt 1 ] || continue
            kill -s KILL -- "-$pid" 2>/dev/null
            kill -s KILL "$pid" 2>/dev/null
            found=1
          done
          [ -n "$found" ] || return 0
        done
      }
      sweep "$1"
      sleep 1
      sweep "$1"
      """;

  private static final int MOST_DEATHS = 5;
  private static final long WITHIN = TimeUnit.MINUTES.toNanos(1);
  private static final long MOST_MILLIS_TO_END = 1_000;

  private final Host host;
  private final Spawner spawner;
  private final String run;
  private final Consumer<String> trouble;

  @GuardedBy("this")
  private final Deque<Long> deaths = new ArrayDeque<>();

  @GuardedBy("this")
  private @Nullable Process process;

  @GuardedBy("this")
  private boolean closed;

  private Guardian(Host host, Spawner spawner, String run, Consumer<String> trouble) {
    this.host = host;
    this.spawner = spawner;
    this.run = run;
    this.trouble = trouble;
  }

  static boolean possible(Host host) {
    return host.proc() && host.shell() != null;
  }

  static Guardian start(Host host, Spawner spawner, String run, Consumer<String> trouble)
      throws IOException {
    Guardian guardian = new Guardian(host, spawner, run, trouble);
    guardian.spawn();
    return guardian;
  }

  private synchronized void spawn() throws IOException {
    List<String> words = new ArrayList<>();
    Path setsid = host.setsid();
    if (setsid != null) {
      words.add(setsid.toString());
    }
    words.addAll(List.of(String.valueOf(host.shell()), "-c", SCRIPT, "pirn-guardian", run));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin" + (path == null ? "" : ":" + path));
    Process started = spawner.spawn(builder);
    process = started;
    CompletableFuture<Void> _ =
        started
            .onExit()
            .thenAcceptAsync(
                this::ended, task -> Thread.ofVirtual().name("pirn-guardian").start(task));
  }

  private void ended(Process ended) {
    String message = replace(ended);
    if (message != null) {
      trouble.accept(message);
    }
  }

  private synchronized @Nullable String replace(Process ended) {
    if (closed) {
      return null;
    }
    long now = System.nanoTime();
    deaths.removeIf(death -> now - death > WITHIN);
    deaths.add(now);
    process = null;
    String what =
        "the guardian (pid " + ended.pid() + ") ended with " + new Exit(ended.exitValue(), false);
    if (deaths.size() >= MOST_DEATHS) {
      return what
          + ", the "
          + MOST_DEATHS
          + "th time within a minute; without one, processes outlive this one when it is killed";
    }
    try {
      spawn();
      return what + "; another one was started";
    } catch (IOException e) {
      return what + ", and no other could be started: " + e.getMessage();
    }
  }

  /// Its pid; 0 when there is none.
  synchronized long pid() {
    return process == null ? 0 : process.pid();
  }

  /// Lets it go, without anything being killed.
  @Override
  public void close() {
    Process last;
    synchronized (this) {
      closed = true;
      last = process;
      process = null;
    }
    if (last == null) {
      return;
    }
    try (OutputStream out = last.getOutputStream()) {
      out.write("done\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // It is gone already.
    }
    try {
      if (!last.waitFor(MOST_MILLIS_TO_END, TimeUnit.MILLISECONDS)) {
        last.destroyForcibly();
      }
    } catch (InterruptedException e) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
