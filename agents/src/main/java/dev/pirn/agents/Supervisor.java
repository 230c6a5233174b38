package dev.pirn.agents;

import dev.pirn.agents.front.FrontException;
import dev.pirn.agents.front.FrontPort;
import dev.pirn.agents.process.Exit;
import dev.pirn.agents.process.Signal;
import dev.pirn.live.Diagnostic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

  private final Surroundings around;
  private final BlockingQueue<Runnable> happened = new LinkedBlockingQueue<>();
  private final CrashPolicy crashes = new CrashPolicy(RandomGenerator.getDefault());
  private final RestartLimit limit;
  private final Address address = new Address();
  private final Departures departures = new Departures();
  private final Attempt.Steps steps = new Steps();

  private AgentSpec spec;
  private @Nullable Generation active;
  private @Nullable Attempt attempt;
  private boolean wanted;
  private long lastNumber;
  private long timer;
  private AgentPhase phase = AgentPhase.STOPPED;
  private Instant since = Instant.now();
  private int answered;
  private int crashCount;
  private SwapTimings timings = SwapTimings.NONE;
  private @Nullable Rejection rejection;
  private final Set<Path> unseen = new HashSet<>();
  private final List<CompletableFuture<AgentState>> waiting = new ArrayList<>();

  private volatile boolean ended;

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
        deal(happened.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Who asked at the last moment gets an answer too.
    for (Runnable late = happened.poll(); late != null; late = happened.poll()) {
      deal(late);
    }
  }

  private void deal(Runnable what) {
    try {
      what.run();
    } catch (RuntimeException e) {
      around.trouble("agent %s: %s".formatted(spec.name(), e), e);
    }
    state = makeState();
  }

  private void post(Runnable what) {
    happened.add(what);
  }

  /// Something that somebody waits for.
  private CompletionStage<AgentState> ask(Runnable what) {
    CompletableFuture<AgentState> done = new CompletableFuture<>();
    post(() -> {
      waiting.add(done);
      if (ended) {
        settled();
      } else {
        what.run();
      }
    });
    if (ended) {
      done.complete(state);
    }
    return done;
  }

  AgentState state() {
    return state.traffic(address.traffic());
  }

  private AgentState makeState() {
    Generation now = active;
    return new AgentState(
        spec,
        phase,
        since,
        address.url(),
        now == null ? lastNumber : now.number(),
        now == null ? 0 : now.process().pid(),
        Math.max(0, answered - 1),
        crashCount,
        timings,
        rejection,
        limit.suspendedBy(),
        AgentState.Traffic.NONE);
  }

  // What people and files ask for

  CompletionStage<AgentState> start() {
    return ask(() -> {
      wanted = true;
      if (active == null && attempt == null) {
        crashes.asked();
        begin(Attempt.Cause.START, Duration.ZERO);
      } else if (attempt == null) {
        settled();
      }
    });
  }

  CompletionStage<AgentState> restart() {
    return ask(() -> {
      wanted = true;
      crashes.asked();
      limit.resume();
      begin(Attempt.Cause.ASKED, Duration.ZERO);
    });
  }

  CompletionStage<AgentState> stop() {
    return ask(() -> end(LONGEST_DRAIN, () -> {}));
  }

  /// Ends it for good.
  CompletionStage<AgentState> close() {
    return ask(() ->
        end(
            spec.drainLimit(),
            () -> {
              address.close();
              ended = true;
            }));
  }

  /// @param then when no process is left
  private void end(Duration longestDrain, Runnable then) {
    boolean ran = phase != AgentPhase.STOPPED;
    wanted = false;
    timer++;
    dropAttempt();
    refuse("is stopped");
    phase(AgentPhase.STOPPED);
    Generation before = active;
    active = null;
    if (before != null) {
      retire(before, "stopped", longestDrain);
    } else if (ran) {
      tell(event(AgentEvent.Kind.STOPPED, lastNumber, "stopped"));
    }
    var _ =
        departures
            .all()
            .thenRun(() ->
                post(() -> {
                  then.run();
                  settled();
                }));
  }

  /// Files of it have changed.
  void edited(Set<Path> files, Duration detect) {
    post(() -> {
      unseen.addAll(files);
      if (!wanted) {
        return;
      }
      crashes.asked();
      Duration rest = limit.edited(System.nanoTime(), files);
      if (rest.isZero()) {
        begin(Attempt.Cause.EDIT, detect);
        return;
      }
      String why =
          "restarted too often because of %s; waits until nothing has changed for %d s"
              .formatted(limit.suspendedBy(), rest.toSeconds());
      tell(event(AgentEvent.Kind.SUSPENDED, lastNumber, why).files(sorted(files)));
      later(
          rest,
          () -> {
            limit.rested();
            begin(Attempt.Cause.EDIT, detect);
          });
    });
  }

  void settingsChanged() {
    post(() -> {
      if (wanted) {
        begin(Attempt.Cause.SETTINGS, Duration.ZERO);
      }
    });
  }

  /// What it is has changed.
  void redefined(AgentSpec now, Set<Path> files) {
    post(() -> {
      AgentSpec before = spec;
      spec = now;
      if (now.port() != before.port()) {
        address.close();
      }
      // What was rejected may be in order now.
      if (wanted && (!address.isOpen() || rejection != null || !now.runsAs(before))) {
        crashes.asked();
        unseen.addAll(files);
        begin(Attempt.Cause.EDIT, Duration.ZERO);
      }
    });
  }

  /// An agent that it depends on has another process. Its address is the same, so only who asked
  /// for signals is disturbed.
  void dependencyChanged(String name, long generation) {
    post(() -> {
      Generation now = active;
      if (now != null) {
        String why = "%s is at generation %d".formatted(name, generation);
        tell(event(AgentEvent.Kind.DEPENDENCY, now.number(), why));
        if (spec.mode() == Mode.SIGNAL) {
          now.process().signal(Signal.valueOf(spec.signal()));
        }
      }
    });
  }

  // An attempt

  private void begin(Attempt.Cause cause, Duration detect) {
    timer++;
    dropAttempt();
    if (ended || !openAddress()) {
      settled();
      return;
    }
    if (!cause.personal()) {
      crashes.started(System.nanoTime());
    }
    if (active == null && spec.mode() != Mode.RESTART) {
      address.hold();
    }
    Attempt next =
        new Attempt(
            new Attempt.Order(++lastNumber, cause, unseen, detect, spec, active != null),
            around.starter(),
            steps);
    attempt = next;
    phase(active == null ? AgentPhase.STARTING : AgentPhase.SWAPPING);
    state = makeState();
    next.begin();
  }

  private void dropAttempt() {
    Attempt before = attempt;
    attempt = null;
    if (before != null) {
      before.drop();
    }
  }

  private boolean openAddress() {
    try {
      boolean fresh = !address.isOpen();
      address.open(() -> around.openFront(spec));
      Generation now = active;
      if (fresh && now != null) {
        var _ = address.forwardTo(now);
      }
      return true;
    } catch (FrontException e) {
      rejected(lastNumber, String.valueOf(e.getMessage()), List.of(), List.of());
      phase(AgentPhase.FAILED);
      return false;
    }
  }

  /// What an attempt tells, made to something that happened.
  private final class Steps implements Attempt.Steps {
    @Override
    public Map<String, String> environment(Attempt.Order order) {
      return around.environment(order.spec(), order.number(), state.url());
    }

    @Override
    public void clear(Attempt it) throws InterruptedException {
      CompletableFuture<CompletableFuture<Void>> asked = new CompletableFuture<>();
      post(() -> asked.complete(it == attempt ? makeRoom() : departures.all()));
      try {
        asked.get().get();
      } catch (ExecutionException e) {
        around.trouble("the process before could not be ended", e);
      }
    }

    @Override
    public void starting(Attempt it) {
      Attempt.Order order = it.order();
      String cause = order.cause().name().toLowerCase(Locale.ROOT);
      post(
          () -> tell(event(AgentEvent.Kind.STARTING, order.number(), cause).files(order.sorted())));
    }

    @Override
    public void started(Generation generation) {
      var _ =
          generation
              .process()
              .exit()
              .whenComplete((exit, _) -> post(() -> exited(generation, exit)));
    }

    @Override
    public void line(Attempt.Order order, boolean error, String text) {
      String name = order.spec().name();
      around.line(new LogLine(Instant.now(), name, order.number(), error, text));
    }

    @Override
    public void signal(Attempt it, SwapTimings taken) {
      post(() -> signalled(it, taken));
    }

    @Override
    public void ready(Attempt it, Generation generation, SwapTimings taken) {
      post(() -> putInForce(it, generation, taken));
    }

    @Override
    public void refused(Attempt it, @Nullable Generation left, Attempt.Refused why) {
      post(() -> Supervisor.this.refused(it, left, why));
    }

    @Override
    public void dropped(Generation left) {
      post(() -> departures.end(left, spec.stopGrace()));
    }
  }

  /// Where there must not be two: ends the one before.
  private CompletableFuture<Void> makeRoom() {
    Generation before = active;
    if (before != null) {
      active = null;
      phase(AgentPhase.HOLDING);
      if (spec.mode() == Mode.HOLD) {
        address.hold();
      } else {
        refuse("is being restarted");
      }
      retire(before, "replaced", LONGEST_DRAIN);
    }
    return departures.all();
  }

  private void signalled(Attempt it, SwapTimings taken) {
    Generation now = active;
    if (it != attempt) {
      return;
    }
    attempt = null;
    Attempt.Order order = it.order();
    if (now != null && now.process().signal(Signal.valueOf(spec.signal()))) {
      inForce(taken);
      tell(
          event(AgentEvent.Kind.ACTIVE, now.number(), "sent " + spec.signal())
              .files(order.sorted())
              .timings(taken));
    } else {
      String why = "the signal %s could not be sent".formatted(spec.signal());
      rejected(order.number(), why, List.of(), List.of());
    }
    settled();
  }

  private void inForce(SwapTimings taken) {
    unseen.clear();
    rejection = null;
    timings = taken;
    phase(AgentPhase.ACTIVE);
  }

  private void putInForce(Attempt it, Generation made, SwapTimings taken) {
    if (it != attempt) {
      departures.end(made, spec.stopGrace());
      return;
    }
    attempt = null;
    long begin = System.nanoTime();
    Generation before = active;
    active = made;
    if (!made.process().alive()) {
      // That it has ended was told when it was not in force yet, and nobody cared.
      exited(made, null);
      return;
    }
    answered++;
    tell(event(AgentEvent.Kind.READY, made.number(), null).timings(taken));
    var _ =
        address
            .forwardTo(made)
            .whenComplete((_, _) -> {
              SwapTimings all = taken.swap(Duration.ofNanos(System.nanoTime() - begin));
              post(() -> swapped(it, made, before, all));
            });
  }

  private void swapped(
      Attempt it, Generation made, @Nullable Generation before, SwapTimings taken) {
    // It may have crashed meanwhile, or the next one may be on the way.
    if (active == made) {
      rejection = null;
      timings = taken;
      if (attempt == null) {
        inForce(taken);
      }
    }
    tell(
        event(AgentEvent.Kind.ACTIVE, made.number(), null)
            .files(it.order().sorted())
            .timings(taken));
    if (before != null) {
      retire(before, "replaced", LONGEST_DRAIN);
    }
    settled();
  }

  private void refused(Attempt it, @Nullable Generation left, Attempt.Refused why) {
    if (left != null) {
      departures.end(left, spec.stopGrace());
    }
    if (it != attempt) {
      return;
    }
    attempt = null;
    String reason = String.valueOf(why.getMessage());
    boolean crashed = active == null && !it.order().cause().personal();
    if (active != null) {
      phase(AgentPhase.ACTIVE);
    } else if (left == null || !crashed) {
      failed(reason);
    }
    rejected(it.order().number(), reason, why.diagnostics(), why.lastLines());
    if (left != null && crashed) {
      afterCrash(Duration.ofNanos(System.nanoTime() - left.startedNanos()));
    }
    settled();
  }

  private void rejected(
      long number, String reason, List<Diagnostic> diagnostics, List<String> lastLines) {
    rejection = new Rejection(Instant.now(), number, reason, diagnostics, lastLines);
    tell(event(AgentEvent.Kind.REJECTED, number, reason).because(diagnostics, lastLines));
  }

  private void failed(String reason) {
    phase(AgentPhase.FAILED);
    refuse("does not run: " + reason);
  }

  private void refuse(String what) {
    address.refuse("the agent \"%s\" %s".formatted(spec.name(), what));
  }

  // The end of processes

  private void exited(Generation it, @Nullable Exit exit) {
    if (!it.is(active)) {
      return;
    }
    active = null;
    crashCount++;
    String how = exit == null ? "ended when it was ready" : exit.toString();
    tell(event(AgentEvent.Kind.CRASHED, it.number(), how).because(List.of(), it.tail().lines()));
    address.hold();
    departures.end(it, spec.stopGrace());
    // An attempt that is under way takes its place.
    if (attempt == null) {
      afterCrash(Duration.ofNanos(System.nanoTime() - it.startedNanos()));
    } else {
      phase(AgentPhase.STARTING);
    }
  }

  private void afterCrash(Duration ran) {
    switch (crashes.crashed(System.nanoTime(), ran)) {
      case CrashPolicy.Decision.Again again -> {
        phase(AgentPhase.BACKING_OFF);
        later(again.after(), () -> begin(Attempt.Cause.CRASH, Duration.ZERO));
      }
      case CrashPolicy.Decision.Open open -> {
        String why =
            "it ended again and again; it is tried once more in %d s, or when you edit or restart it"
                .formatted(open.tryAfter().toSeconds());
        failed(why);
        tell(event(AgentEvent.Kind.SUSPENDED, lastNumber, why));
        later(
            open.tryAfter(),
            () -> {
              crashes.trying();
              begin(Attempt.Cause.CRASH, Duration.ZERO);
            });
      }
    }
  }

  /// Lets a process answer what it has, and ends it then.
  private void retire(Generation it, String reason, Duration longest) {
    tell(event(AgentEvent.Kind.DRAINING, it.number(), reason));
    departures.end(
        it,
        spec.stopGrace(),
        address.drain(it, spec.drainLimit(), longest),
        (took, stopped) -> post(() -> retired(it, reason, took, stopped.survivors())));
  }

  private void retired(Generation it, String reason, Duration drain, List<Long> survivors) {
    timings = timings.drain(drain);
    if (!survivors.isEmpty()) {
      around.trouble(
          "agent %s: processes that do not end: %s".formatted(spec.name(), survivors), null);
    }
    tell(
        event(AgentEvent.Kind.STOPPED, it.number(), reason).timings(SwapTimings.NONE.drain(drain)));
  }

  // The rest

  /// Does something unless anything else happens before.
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
  }

  private void settled() {
    state = makeState();
    List<CompletableFuture<AgentState>> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(done -> done.complete(state));
  }

  private static List<Path> sorted(Set<Path> files) {
    return files.stream().sorted().toList();
  }

  private AgentEvent event(AgentEvent.Kind kind, long generation, @Nullable String reason) {
    return AgentEvent.of(kind, spec.name(), generation, reason);
  }

  private void tell(AgentEvent event) {
    // Who is told may ask how it stands.
    state = makeState();
    around.tell(event);
  }

  /// What a supervisor needs of the others.
  interface Surroundings {
    AgentsOptions options();

    Starter starter();

    /// Opens the agent's address, the same as before if that can be.
    FrontPort openFront(AgentSpec spec);

    /// All variables of a process but `PORT`.
    Map<String, String> environment(AgentSpec spec, long generation, @Nullable String url);

    void tell(AgentEvent event);

    void line(LogLine line);

    void trouble(String message, @Nullable Exception cause);
  }
}
