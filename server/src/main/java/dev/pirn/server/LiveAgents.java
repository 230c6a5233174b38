package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.agents.AgentState;
import dev.pirn.agents.Agents;
import dev.pirn.agents.AgentsOptions;
import dev.pirn.live.Diagnostic;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The agents that the configuration asks for: opened, closed and opened anew as it changes.
///
/// Opening takes a while and closing waits for processes, so that both are done by a thread of
/// their own, which ends when what is wanted is so. Meanwhile there are no agents, and who wants to
/// do something with them waits a little.
final class LiveAgents implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.pirn.server");
  private static final Duration LONGEST_OPENING = Duration.ofSeconds(10);

  private final LiveWorkspace live;
  private final Vertx vertx;
  private final AgentReporter reporter;
  private final AgentsWanted wanted;

  /// The server's address, which agents are told; null before the server is up.
  @GuardedBy("this")
  private @Nullable String url;

  /// Paths that were added while the server runs.
  @GuardedBy("this")
  private final List<Path> added = new ArrayList<>();

  @GuardedBy("this")
  private Plan plan = Plan.NOTHING;

  @GuardedBy("this")
  private Plan done = Plan.NOTHING;

  @GuardedBy("this")
  private boolean working;

  @GuardedBy("this")
  private boolean closed;

  /// Why there are none although there should be.
  private volatile @Nullable Diagnostic failure;

  private volatile @Nullable Agents now;

  /// Which agents there should be.
  private record Plan(boolean enabled, List<Path> dirs, boolean reload) {
    static final Plan NOTHING = new Plan(false, List.of(), false);
  }

  LiveAgents(LiveWorkspace live, Vertx vertx, AgentReporter reporter) {
    this.live = live;
    this.vertx = vertx;
    this.reporter = reporter;
    this.wanted = live.options().agents();
    live.settings()
        .onChange(keys -> {
          Agents agents = now;
          if (agents != null) {
            agents.settingsChanged(keys);
          }
        });
  }

  /// The server is up: begins to bring about what is wanted, and returns.
  ///
  /// @param url where it answers
  synchronized void begin(String url) {
    this.url = url;
    work();
    notifyAll();
  }

  /// Begins to bring about what a configuration asks for, as soon as the server is up, and returns.
  synchronized void takeUp(WorkspaceConfig config) {
    if (closed) {
      return;
    }
    plan =
        Objects.requireNonNullElse(wanted.enabled(), config.agents().enabled())
            ? new Plan(
                true,
                wanted.paths().isEmpty() ? config.agents().dirs() : List.of(),
                live.options().reload() && config.reload() && wanted.reload())
            : Plan.NOTHING;
    work();
  }

  @GuardedBy("this")
  private void work() {
    if (!working && url != null && !plan.equals(done)) {
      working = true;
      Thread.ofVirtual().name("pirn-agents-open").start(this::bringAbout);
    }
  }

  private void bringAbout() {
    while (true) {
      Plan next;
      String here;
      List<Path> named = new ArrayList<>(wanted.paths());
      synchronized (this) {
        next = plan;
        here = Objects.requireNonNull(url, "begin comes first");
        named.addAll(added);
        if (next.equals(done)) {
          working = false;
          notifyAll();
          return;
        }
      }
      end();
      if (next.enabled()) {
        run(next, named, here);
      }
      synchronized (this) {
        done = next;
      }
    }
  }

  private void run(Plan plan, List<Path> named, String url) {
    AgentsOptions options =
        AgentsOptions.of(live.workspace().root())
            .folders(plan.dirs())
            .named(named)
            .settings(live.settings()::plain)
            .url(url)
            .reload(plan.reload())
            .adopting(wanted.adopting())
            .watcher(live.watcher())
            .vertx(vertx);
    try {
      Agents opened = Agents.open(options, reporter);
      now = opened;
      failure = null;
      // What happened before anybody knew whom to ask.
      reporter.follow(opened);
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.ERROR, "agents cannot be run", e);
      failure = Problems.agentsFailed(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  private void end() {
    Agents before = now;
    now = null;
    failure = null;
    if (before != null) {
      try {
        before.close();
      } catch (RuntimeException e) {
        LOG.log(Logger.Level.ERROR, "agents could not be ended", e);
      }
      reporter.ended();
    }
  }

  /// Those that run, for somebody who wants to do something with them. Waits while they are being
  /// opened.
  ///
  /// @throws Refused if none are to be run, or they cannot be
  Agents open() {
    Agents agents = await();
    if (agents != null) {
      return agents;
    }
    Diagnostic failed = failure;
    if (failed != null) {
      throw new Refused(409, failed);
    }
    throw enabled()
        ? new Refused(503, Problems.agentsBusy())
        : new Refused(409, Problems.agentsOff());
  }

  private @Nullable Agents await() {
    long deadline = System.nanoTime() + LONGEST_OPENING.toNanos();
    synchronized (this) {
      try {
        long left = LONGEST_OPENING.toMillis();
        while ((working || url == null) && now == null && left > 0) {
          wait(left);
          left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return now;
  }

  /// Those that run, if any are to be. Waits while they are being opened.
  Optional<Agents> opened() {
    return Optional.ofNullable(await());
  }

  /// Those that run at this moment.
  Optional<Agents> running() {
    return Optional.ofNullable(now);
  }

  /// Runs paths beside those that are run.
  ///
  /// @return what is to be said of definitions
  List<Diagnostic> add(Agents agents, List<Path> paths) {
    synchronized (this) {
      added.addAll(paths);
    }
    return agents.add(paths);
  }

  /// Whether agents are run, or about to be.
  synchronized boolean enabled() {
    return plan.enabled();
  }

  /// How they stand at this moment, by name.
  List<AgentState> list() {
    return running().map(Agents::list).orElse(List.of());
  }

  /// What is wrong with definitions, or with all of it.
  List<Diagnostic> diagnostics() {
    Diagnostic failed = failure;
    return failed != null ? List.of(failed) : running().map(Agents::diagnostics).orElse(List.of());
  }

  /// Who reports what happens to them.
  AgentReporter reporter() {
    return reporter;
  }

  /// Ends all of them, and waits until that is done.
  @Override
  public void close() {
    boolean interrupted = false;
    synchronized (this) {
      closed = true;
      plan = Plan.NOTHING;
      work();
      while (working) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
