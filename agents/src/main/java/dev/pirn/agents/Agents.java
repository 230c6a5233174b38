package dev.pirn.agents;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.agents.process.Launcher;
import dev.pirn.agents.process.LauncherOptions;
import dev.pirn.agents.process.LogFile;
import dev.pirn.agents.process.LogFileOptions;
import dev.pirn.agents.process.Tail;
import dev.pirn.agents.state.StateEndpoint;
import dev.pirn.agents.state.StateStore;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Subscription;
import dev.pirn.watch.Watcher;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Agents that are run, and swapped when their code changes.
///
/// ```java
/// try (Agents agents = Agents.open(AgentsOptions.of(Path.of("")), listener)) {
///   agents.list().forEach(agent -> System.out.println(agent.name() + " at " + agent.url()));
///   agents.restart("greeter").toCompletableFuture().join();
/// }
/// ```
///
/// Each agent has an address that stays. What is sent there is answered by the process that is in
/// force, or waits for it. A process that replaces another takes over when it is ready; if it never
/// is, the other one stays.
///
/// **Threading.** All methods may be called by any thread. Each agent has a thread of its own that
/// decides, `pirn-agent-NAME`.
///
/// **Life cycle.** [#open] returns when the agents have been found; they start then, those that
/// others depend on first. [#close] ends all processes, and takes no longer than their grace and
/// some seconds.
///
/// **Failure.** A definition that is broken leaves what runs as it is. See [#diagnostics] and
/// [AgentState#rejection].
public final class Agents implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.pirn.agents");
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(45);

  private final AgentsOptions options;
  private final Vertx vertx;
  private final Watcher watcher;
  private final Launcher launcher;
  private final StateStore store;
  private final StateEndpoint states;
  private final Starter starter;
  private final AgentFinder finder;
  private final FileFollower follower;
  private final CopyOnWriteArrayList<AgentListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Supervisor> supervisors = new ConcurrentHashMap<>();
  private final Map<String, Tail> tails = new ConcurrentHashMap<>();
  private final Map<String, LogFile> logs = new ConcurrentHashMap<>();

  @GuardedBy("this")
  private final List<Path> named = new ArrayList<>();

  private volatile List<Diagnostic> problems = List.of();
  private volatile List<WatchRules> rules = List.of();

  private Agents(AgentsOptions options, AgentListener listener) {
    this.options = options;
    this.named.addAll(options.named());
    listeners.add(listener);
    Vertx sharedVertx = options.vertx();
    this.vertx = sharedVertx == null ? Vertx.vertx() : sharedVertx;
    Watcher sharedWatcher = options.watcher();
    this.watcher = sharedWatcher == null ? Watcher.open() : sharedWatcher;
    this.launcher =
        Launcher.open(LauncherOptions.of(this::trouble).withAdopting(options.adopting()));
    this.store = StateStore.open(options.state().resolve("state"), this::trouble);
    this.states = StateEndpoint.listen(vertx, store);
    this.starter = new Starter(launcher, new JavaBuild(options.state().resolve("classes")));
    this.finder = AgentFinder.of(options.workspace(), options.environment());
    this.follower = new FileFollower(watcher, new ContentGate(), this::changed);
  }
}
