package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// One attempt to put a new process in force: does the slow steps on a thread of its own, and says
/// what came of it. A newer attempt takes its place: then it is dropped, and what comes of it is of
/// no interest.
///
/// Where the process before goes on until this one is ready, the code is checked while it starts;
/// where that one has to go first, before.
final class Attempt {
  /// Why it is made.
  enum Cause {
    /// It is the first, or its agent was stopped.
    START,
    /// Its files have changed.
    EDIT,
    /// Somebody asked for it.
    ASKED,
    /// The settings that it takes have changed.
    SETTINGS,
    /// The process before has ended by itself.
    CRASH;

    /// Whether a person caused it, so that it says nothing against the agent.
    boolean personal() {
      return this == EDIT || this == ASKED || this == SETTINGS;
    }
  }

  /// What is to be done.
  ///
  /// @param number the generation that it is to become
  /// @param files that have changed since the last process that was put in force
  /// @param detect how long it took to notice
  /// @param spec what the agent is
  /// @param replaces whether a process answers now
  record Order(
      long number,
      Cause cause,
      Set<Path> files,
      Duration detect,
      AgentSpec spec,
      boolean replaces) {
    Order {
      files = Set.copyOf(files);
    }

    /// The files in a stable order.
    List<Path> sorted() {
      return files.stream().sorted().toList();
    }
  }

  /// What an attempt needs, and tells; called on its thread.
  interface Steps {
    /// All variables of its process but `PORT`.
    Map<String, String> environment(Order order);

    /// Ends what must not run beside it, and waits for that.
    void clear(Attempt attempt) throws InterruptedException;

    /// Its process is about to be started.
    void starting(Attempt attempt);

    /// Its process runs.
    void started(Generation generation);

    void line(Order order, boolean error, String text);

    /// The code is in order, and the process that runs is to be told by a signal.
    void signal(Attempt attempt, SwapTimings timings);

    /// Requests can be sent to it.
    void ready(Attempt attempt, Generation generation, SwapTimings timings);

    /// It came to nothing.
    ///
    /// @param left what has to be ended
    void refused(Attempt attempt, @Nullable Generation left, Refused why);

    /// It was dropped.
    void dropped(Generation left);
  }

  /// Why it came to nothing.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;
    private final transient List<String> lastLines;

    Refused(String reason, List<Diagnostic> diagnostics, List<String> lastLines) {
      super(reason);
      this.diagnostics = diagnostics;
      this.lastLines = lastLines;
    }

    List<Diagnostic> diagnostics() {
      return diagnostics;
    }

    List<String> lastLines() {
      return lastLines;
    }
  }

  private final Order order;
  private final Starter starter;
  private final Steps steps;
  private final Thread thread;
  private Starter.@Nullable Prepared prepared;
  private @Nullable Generation made;

  Attempt(Order order, Starter starter, Steps steps) {
    this.order = order;
    this.starter = starter;
    this.steps = steps;
    this.thread =
        Thread.ofVirtual()
            .name("pirn-attempt-" + order.spec().name() + "-" + order.number())
            .unstarted(this::run);
  }

  Order order() {
    return order;
  }

  void begin() {
    thread.start();
  }

  /// Gives it up; what it has started is ended.
  void drop() {
    thread.interrupt();
  }

  private void run() {
    try {
      make();
    } catch (Refused e) {
      steps.refused(this, made, e);
    } catch (InterruptedException e) {
      Generation left = made;
      if (left != null) {
        steps.dropped(left);
      }
    } catch (RuntimeException e) {
      // Nobody else would know that it came to nothing.
      steps.refused(this, made, new Refused("it cannot be started: " + e, List.of(), List.of()));
    } finally {
      Path classes = prepared == null ? null : prepared.classes();
      if (made == null && classes != null) {
        JavaBuild.discard(classes);
      }
    }
  }

  private void make() throws Refused, InterruptedException {
    AgentSpec spec = order.spec();
    Map<String, String> environment = steps.environment(order);
    long begin = System.nanoTime();
    FutureTask<List<Diagnostic>> check = check(environment);
    try {
      Starter.Prepared built = starter.prepare(spec, environment);
      prepared = built;
      boolean signalled = spec.mode() == Mode.SIGNAL;
      if (order.replaces() && spec.mode() != Mode.BLUE_GREEN) {
        passes(check);
      }
      Duration prechecked = since(begin);
      if (order.replaces() && signalled) {
        steps.signal(
            this,
            new SwapTimings(
                order.detect(),
                prechecked,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO));
        return;
      }
      if (spec.mode() == Mode.HOLD || spec.mode() == Mode.RESTART) {
        steps.clear(this);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      steps.starting(this);
      launch(environment, built, check, prechecked);
    } finally {
      check.cancel(true);
    }
  }

  private void launch(
      Map<String, String> environment,
      Starter.Prepared built,
      FutureTask<List<Diagnostic>> check,
      Duration prechecked)
      throws Refused, InterruptedException {
    AgentSpec spec = order.spec();
    long begin = System.nanoTime();
    CompletableFuture<Boolean> line = new CompletableFuture<>();
    Generation started;
    String host;
    Duration start;
    try {
      started =
          starter.start(
              spec,
              order.number(),
              built,
              environment,
              (error, text) -> steps.line(order, error, text),
              line);
      made = started;
      start = since(begin);
      steps.started(started);
      host = starter.await(spec, started, environment, line);
    } catch (Refused e) {
      // What the check says is clearer than how the process ended.
      passes(check);
      throw e;
    }
    Duration ready = since(begin).minus(start);
    passes(check);
    Duration swap = Duration.ZERO;
    steps.ready(
        this,
        started.at(host),
        new SwapTimings(order.detect(), prechecked, start, ready, swap, Duration.ZERO));
  }

  private FutureTask<List<Diagnostic>> check(Map<String, String> environment) {
    FutureTask<List<Diagnostic>> check =
        new FutureTask<>(() -> starter.check(order.spec(), order.files(), environment));
    Thread.ofVirtual().name("pirn-check-" + order.spec().name()).start(check);
    return check;
  }

  private static void passes(FutureTask<List<Diagnostic>> check)
      throws Refused, InterruptedException {
    try {
      List<Diagnostic> problems = check.get();
      if (!problems.isEmpty()) {
        throw new Refused("the code has mistakes", problems, List.of());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new IllegalStateException("the check of the code failed", e.getCause());
    } catch (CancellationException e) {
      throw new InterruptedException();
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
