package dev.pirn.agents;

import dev.pirn.agents.front.FrontException;
import dev.pirn.agents.front.FrontOptions;
import dev.pirn.agents.front.FrontPort;
import dev.pirn.agents.front.FrontStatistics;
import dev.pirn.agents.front.Target;
import dev.pirn.agents.process.Exit;
import dev.pirn.agents.process.OutputListener;
import dev.pirn.agents.process.Signal;
import dev.pirn.live.Diagnostic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The owner of one agent: decides when its process is replaced, and what becomes of it when it
/// ends by itself.
///
/// All that happens comes in by one queue and is dealt with on one thread, `pirn-agent-NAME`, to
/// which the fields belong. What takes time is done by threads of its own, and comes back as
/// something that happened; what belongs to an attempt that is not the last one is dropped.
final class Supervisor {
  /// How long requests may take that are with a process which is to go.
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(30);

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Surroundings around;
  private final BlockingQueue<Runnable> happened = new LinkedBlockingQueue<>();
  private final CrashPolicy crashes = new CrashPolicy(RandomGenerator.getDefault());
  private final RestartLimit limit;

  private AgentSpec spec;
  private @Nullable FrontPort front;
  private @Nullable Generation active;
  private @Nullable Attempt attempt;
  private boolean wanted;
  private boolean ended;
  private long lastNumber;
  private long timer;
  private AgentPhase phase = AgentPhase.STOPPED;
  private Instant since = Instant.now();
  private int answered;
  private int crashCount;
  private SwapTimings timings = SwapTimings.NONE;
  private @Nullable Rejection rejection;
  private final List<CompletableFuture<AgentState>> waiting = new ArrayList<>();

  /// How it stands, for everybody.
  private volatile AgentState state;

  Supervisor(AgentSpec spec, Surroundings around) {
    this.spec = spec;
    this.around = around;
    this.limit = new RestartLimit(around.options().mostRestarts());
    this.state = makeState();
    Thread.ofVirtual().name("pirn-agent-" + spec.name()).start(this::own);
  }

  private void own() {
    try {
      while (!ended) {
        happened.take().run();
        state = makeState();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(Runnable what) {
    happened.add(what);
  }

  AgentState state() {
    return state;
  }

  private AgentState makeState() {
    FrontPort open = front;
    Generation now = active;
    FrontStatistics seen = open == null ? null : open.statistics();
    return new AgentState(
        spec,
        phase,
        since,
        open == null ? null : "http://%s:%d".formatted(open.host(), open.port()),
        now == null ? lastNumber : now.number(),
        now == null ? 0 : now.process().pid(),
        Math.max(0, answered - 1),
        crashCount,
        timings,
        rejection,
        limit.suspendedBy(),
        seen == null
            ? AgentState.Traffic.NONE
            : new AgentState.Traffic(
                seen.requests(), seen.failed(), seen.held(), seen.mostHeld(), seen.replayed()));
  }

  // What people and files ask for

  CompletionStage<AgentState> start() {
    CompletableFuture<AgentState> done = new CompletableFuture<>();
    post(() -> {
      waiting.add(done);
      wanted = true;
      if (active == null && attempt == null) {
        crashes.asked();
        begin(Attempt.Cause.START, Set.of(), Duration.ZERO);
      } else if (attempt == null) {
        settled();
      }
    });
    return done;
  }

  CompletionStage<AgentState> restart() {
    CompletableFuture<AgentState> done = new CompletableFuture<>();
    post(() -> {
      waiting.add(done);
      wanted = true;
      crashes.asked();
      limit.resume();
      begin(Attempt.Cause.ASKED, Set.of(), Duration.ZERO);
    });
    return done;
  }

  CompletionStage<AgentState> stop() {
    CompletableFuture<AgentState> done = new CompletableFuture<>();
    post(() -> {
      waiting.add(done);
      wanted = false;
      timer++;
      dropAttempt();
      FrontPort open = front;
      if (open != null) {
        open.refuse("the agent \"%s\" is stopped".formatted(spec.name()), RETRY);
      }
      Generation before = active;
      active = null;
      if (before == null) {
        phase(AgentPhase.STOPPED);
        settled();
      } else {
        retire(
            before,
            "stopped",
            () -> {
              if (!wanted) {
                phase(AgentPhase.STOPPED);
              }
              settled();
            });
      }
    });
    return done;
  }

  /// Files of it have changed.
  void edited(Set<Path> files, Duration detect) {
    post(() -> {
      if (!wanted) {
        return;
      }
      crashes.asked();
      Duration rest = limit.edited(System.nanoTime(), files);
      if (rest.isZero()) {
        begin(Attempt.Cause.EDIT, files, detect);
      } else {
        tell(
            AgentEvent.of(
                    AgentEvent.Kind.SUSPENDED,
                    spec.name(),
                    lastNumber,
                    "restarted too often because of " + limit.suspendedBy())
                .files(List.copyOf(files)));
        later(rest, () -> begin(Attempt.Cause.EDIT, files, detect));
      }
    });
  }

  void settingsChanged() {
    post(() -> {
      if (wanted) {
        begin(Attempt.Cause.SETTINGS, Set.of(), Duration.ZERO);
      }
    });
  }

  /// What it is has changed.
  void redefined(AgentSpec now, Set<Path> files) {
    post(() -> {
      spec = now;
      if (wanted) {
        crashes.asked();
        begin(Attempt.Cause.EDIT, files, Duration.ZERO);
      }
    });
  }

  /// Ends it for good.
  CompletionStage<AgentState> close() {
    CompletionStage<AgentState> stopped = stop();
    return stopped.whenComplete((_, _) ->
        post(() -> {
          FrontPort open = front;
          ended = true;
          if (open != null) {
            Thread.ofVirtual().name("pirn-agent-close").start(open::close);
          }
        }));
  }

  // An attempt

  private void begin(Attempt.Cause cause, Set<Path> files, Duration detect) {
    timer++;
    Attempt before = attempt;
    if (before != null) {
      // What has changed for the one that is dropped has changed for this one too.
      Set<Path> all = new java.util.TreeSet<>(files);
      all.addAll(before.files());
      files = all;
    }
    dropAttempt();
    if (!openFront()) {
      return;
    }
    Attempt next = new Attempt(++lastNumber, cause, files, detect);
    attempt = next;
    if (!cause.personal()) {
      crashes.started(System.nanoTime());
    }
    phase(active == null ? AgentPhase.STARTING : AgentPhase.SWAPPING);
    AgentSpec now = spec;
    boolean first = active == null;
    Thread.ofVirtual()
        .name("pirn-attempt-" + now.name() + "-" + next.number())
        .start(() -> make(next, now, first));
  }

  private boolean openFront() {
    if (front != null) {
      return true;
    }
    try {
      front =
          FrontPort.listen(
              around.vertx(),
              FrontOptions.DEFAULTS.listenOn(around.options().host(), around.port(spec)));
      return true;
    } catch (FrontException e) {
      rejected(lastNumber, String.valueOf(e.getMessage()), List.of(), List.of());
      return false;
    }
  }

  private void dropAttempt() {
    Attempt before = attempt;
    attempt = null;
    if (before != null) {
      before.drop();
    }
  }

  /// The slow part, on a thread of its own.
  private void make(Attempt it, AgentSpec now, boolean first) {
    Generation made = null;
    try {
      long begin = System.nanoTime();
      Map<String, String> environment = around.environment(now, it.number(), state.url());
      Starter.Prepared prepared = around.starter().prepare(now, it, environment);
      long prepared1 = System.nanoTime();
      if (now.mode() == Mode.SIGNAL && !first) {
        post(() -> signal(it));
        return;
      }
      if (it.dropped()) {
        return;
      }
      if (!first && (now.mode() == Mode.HOLD || now.mode() == Mode.RESTART)) {
        stopBefore(it, now.mode());
      }
      if (it.dropped()) {
        return;
      }
      tell(
          AgentEvent.of(
                  AgentEvent.Kind.STARTING,
                  now.name(),
                  it.number(),
                  it.cause().name().toLowerCase(java.util.Locale.ROOT))
              .files(it.files().stream().sorted().toList()));
      long startedAt = System.nanoTime();
      CompletableFuture<Boolean> line = new CompletableFuture<>();
      Generation started =
          around.starter().start(now, it.number(), prepared, environment, lines(it), line);
      made = started;
      long started1 = System.nanoTime();
      started.process().exit().whenComplete((exit, _) -> post(() -> exited(started, exit)));
      around.starter().await(now, started, environment, line);
      SwapTimings steps =
          new SwapTimings(
              it.detect(),
              Duration.ofNanos(prepared1 - begin),
              Duration.ofNanos(started1 - startedAt),
              Duration.ofNanos(System.nanoTime() - started1),
              Duration.ZERO,
              Duration.ZERO);
      post(() -> ready(it, started, steps));
    } catch (Attempt.Refused e) {
      Generation left = made;
      post(() -> refused(it, left, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private OutputListener lines(Attempt it) {
    return (source, text) ->
        around.line(
            new LogLine(
                Instant.now(),
                spec.name(),
                it.number(),
                source == OutputListener.Source.STDERR,
                text));
  }

  /// Where there must not be two: ends the one before first.
  private void stopBefore(Attempt it, Mode mode) throws InterruptedException {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    post(() -> {
      Generation before = active;
      FrontPort open = front;
      if (it != attempt || before == null || open == null) {
        gone.complete(null);
        return;
      }
      active = null;
      phase(AgentPhase.HOLDING);
      if (mode == Mode.HOLD) {
        open.hold();
      } else {
        open.refuse("the agent \"%s\" is being restarted".formatted(spec.name()), RETRY);
      }
      retire(before, "replaced", () -> gone.complete(null));
    });
    try {
      gone.get(
          LONGEST_DRAIN.plus(spec.stopGrace()).plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      around.trouble("the process before could not be ended in time: " + e);
    }
  }

  private void signal(Attempt it) {
    Generation now = active;
    if (it != attempt) {
      return;
    }
    attempt = null;
    if (now != null && now.process().signal(Signal.valueOf(spec.signal()))) {
      rejection = null;
      phase(AgentPhase.ACTIVE);
      tell(
          AgentEvent.of(AgentEvent.Kind.ACTIVE, spec.name(), now.number(), "sent " + spec.signal())
              .files(it.files().stream().sorted().toList()));
    } else {
      rejected(
          it.number(), "the signal " + spec.signal() + " could not be sent", List.of(), List.of());
    }
    settled();
  }

  private void ready(Attempt it, Generation made, SwapTimings steps) {
    FrontPort open = front;
    if (it != attempt || !wanted || open == null) {
      discard(made);
      return;
    }
    attempt = null;
    long begin = System.nanoTime();
    Generation before = active;
    active = made;
    answered++;
    rejection = null;
    tell(AgentEvent.of(AgentEvent.Kind.READY, spec.name(), made.number(), null).timings(steps));
    open.forwardTo(new Target(made.number(), "127.0.0.1", made.port()))
        .whenComplete((_, _) ->
            post(() -> {
              timings =
                  new SwapTimings(
                      steps.detect(),
                      steps.precheck(),
                      steps.start(),
                      steps.ready(),
                      Duration.ofNanos(System.nanoTime() - begin),
                      Duration.ZERO);
              if (active == made) {
                phase(AgentPhase.ACTIVE);
              }
              tell(
                  AgentEvent.of(AgentEvent.Kind.ACTIVE, spec.name(), made.number(), null)
                      .files(it.files().stream().sorted().toList())
                      .timings(timings));
              if (before != null) {
                retire(before, "replaced", () -> {});
              }
              state = makeState();
              settled();
            }));
  }

  private void refused(Attempt it, @Nullable Generation left, Attempt.Refused why) {
    if (left != null) {
      discard(left);
    }
    if (it != attempt) {
      return;
    }
    attempt = null;
    rejected(it.number(), String.valueOf(why.getMessage()), why.diagnostics(), why.lastLines());
    if (active != null) {
      phase(AgentPhase.ACTIVE);
    } else if (left != null && !it.cause().personal()) {
      afterCrash(Duration.ofNanos(System.nanoTime() - left.startedNanos()));
    } else {
      failed(String.valueOf(why.getMessage()));
    }
    settled();
  }

  private void rejected(
      long number, String reason, List<Diagnostic> diagnostics, List<String> lastLines) {
    rejection = new Rejection(Instant.now(), number, reason, diagnostics, lastLines);
    if (active == null && phase != AgentPhase.FAILED) {
      phase(AgentPhase.FAILED);
    }
    tell(
        AgentEvent.of(AgentEvent.Kind.REJECTED, spec.name(), number, reason)
            .because(diagnostics, lastLines));
  }

  private void failed(String reason) {
    phase(AgentPhase.FAILED);
    FrontPort open = front;
    if (open != null) {
      open.refuse("the agent \"%s\" does not run: %s".formatted(spec.name(), reason), RETRY);
    }
  }

  // The end of processes

  private void exited(Generation it, @Nullable Exit exit) {
    if (it != active) {
      return;
    }
    active = null;
    crashCount++;
    tell(
        AgentEvent.of(AgentEvent.Kind.CRASHED, spec.name(), it.number(), String.valueOf(exit))
            .because(List.of(), it.tail().lines()));
    FrontPort open = front;
    if (open != null) {
      open.hold();
    }
    discard(it);
    // An attempt that is under way takes its place.
    if (attempt == null) {
      afterCrash(Duration.ofNanos(System.nanoTime() - it.startedNanos()));
    }
  }

  private void afterCrash(Duration ran) {
    switch (crashes.crashed(System.nanoTime(), ran)) {
      case CrashPolicy.Decision.Again again -> {
        phase(AgentPhase.BACKING_OFF);
        later(again.after(), () -> begin(Attempt.Cause.CRASH, Set.of(), Duration.ZERO));
      }
      case CrashPolicy.Decision.Open open -> {
        failed("it was started %d times and ended each time".formatted(CrashPolicy.MOST_STARTS));
        later(
            open.tryAfter(),
            () -> {
              crashes.trying();
              begin(Attempt.Cause.CRASH, Set.of(), Duration.ZERO);
            });
      }
    }
  }

  /// Lets a process answer what it has, and ends it then.
  private void retire(Generation it, String reason, Runnable then) {
    FrontPort open = front;
    tell(AgentEvent.of(AgentEvent.Kind.DRAINING, spec.name(), it.number(), reason));
    long begin = System.nanoTime();
    Duration grace = spec.stopGrace();
    CompletableFuture<Void> drained =
        open == null
            ? CompletableFuture.completedFuture(null)
            : open.drain(it.number(), spec.drainLimit()).toCompletableFuture();
    var _ =
        drained
            .orTimeout(LONGEST_DRAIN.toMillis(), TimeUnit.MILLISECONDS)
            .handle((_, _) -> System.nanoTime() - begin)
            .thenCompose(nanos ->
                it.process()
                    .stop(grace)
                    .thenAccept(stopped ->
                        post(() -> {
                          discard(it);
                          if (timings.drain().isZero()) {
                            timings = timings.drain(Duration.ofNanos(nanos));
                          }
                          if (!stopped.complete()) {
                            around.trouble("processes that do not end: " + stopped.survivors());
                          }
                          tell(
                              AgentEvent.of(
                                  AgentEvent.Kind.STOPPED, spec.name(), it.number(), reason));
                          then.run();
                        })));
  }

  private void discard(Generation it) {
    var _ = it.process().stop(spec.stopGrace());
    Path classes = it.classes();
    if (classes != null) {
      Thread.ofVirtual().name("pirn-discard").start(() -> JavaBuild.discard(classes));
    }
  }

  // The rest

  private void later(Duration delay, Runnable action) {
    long mine = ++timer;
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() ->
            post(() -> {
              if (mine == timer && wanted) {
                action.run();
              }
            }));
  }

  private void phase(AgentPhase now) {
    if (phase != now) {
      phase = now;
      since = Instant.now();
    }
    state = makeState();
  }

  private void settled() {
    state = makeState();
    List<CompletableFuture<AgentState>> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(done -> done.complete(state));
  }

  private void tell(AgentEvent event) {
    around.tell(event);
  }

  /// What a supervisor needs of the others.
  interface Surroundings {
    AgentsOptions options();

    io.vertx.core.Vertx vertx();

    Starter starter();

    /// The port that an agent's address had before, or 0.
    int port(AgentSpec spec);

    /// All variables of a process but `PORT`.
    Map<String, String> environment(AgentSpec spec, long generation, @Nullable String url);

    void tell(AgentEvent event);

    void line(LogLine line);

    void trouble(String message);
  }
}
