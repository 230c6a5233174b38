package dev.pirn.agents;

import dev.pirn.agents.front.FrontException;
import dev.pirn.agents.front.FrontOptions;
import dev.pirn.agents.front.FrontPort;
import dev.pirn.agents.process.Capability;
import dev.pirn.agents.process.Command;
import dev.pirn.agents.process.Launcher;
import dev.pirn.agents.process.LauncherOptions;
import dev.pirn.agents.state.StateEndpoint;
import dev.pirn.agents.state.StateStore;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Severity;
import dev.pirn.live.Subscription;
import dev.pirn.watch.Watcher;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
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
  private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(1);

  private final AgentsOptions options;
  private final Vertx vertx;
  private final Watcher watcher;
  private final Launcher launcher;
  private final RunFolder run;
  private final Ports ports = new Ports();
  private final StateStore store;
  private final StateEndpoint states;
  private final Starter starter;
  private final AgentFinder finder;
  private final FileFollower follower;
  private final CopyOnWriteArrayList<AgentListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Supervisor> supervisors = new ConcurrentHashMap<>();
  private final Map<String, AgentLog> logs = new ConcurrentHashMap<>();

  /// Looks what agents there are, one look at a time. Watches are closed by it, which waits for
  /// those that they tell: so nobody who is told may do this.
  private final ExecutorService looks =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("pirn-agents").factory());

  // Of the thread that looks:
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
    this.run = new RunFolder(options.state(), this::trouble);
    this.store = StateStore.open(options.state().resolve("state"), this::trouble);
    this.states = StateEndpoint.listen(vertx, store);
    Path classes = options.state().resolve("classes").resolve(launcher.runId());
    this.starter = new Starter(launcher, new JavaBuild(classes), ports);
    this.finder = AgentFinder.of(options.workspace(), options.environment());
    this.follower = new FileFollower(watcher, new Changes());
  }

  /// Runs a command that is no agent, to its end, and waits for it. Where agents are run, whatever
  /// else this process starts has to be started here, because orphans are adopted here.
  ///
  /// @param words the program and its arguments; there is no shell
  /// @param folder where it is run
  /// @param environment all that it gets
  /// @param limit after which it is ended
  /// @throws InterruptedException when the waiting is interrupted, which ends it
  public OneCommand.Outcome run(
      List<String> words, Path folder, Map<String, String> environment, Duration limit)
      throws InterruptedException {
    return OneCommand.run(launcher, new Command(words, folder, environment), limit);
  }

  /// Finds agents, starts them, and follows their files.
  ///
  /// @param listener is told from the first event on
  public static Agents open(AgentsOptions options, AgentListener listener) {
    Agents agents = new Agents(options, listener);
    agents.endLeftovers();
    if (options.reload()) {
      agents.follower.folders(options.folders());
    }
    agents.looked(() -> agents.look(Set.of()));
    return agents;
  }

  /// Ends what a run left behind that was killed together with its guardian.
  private void endLeftovers() {
    String before = run.replace(launcher.runId());
    if (before != null) {
      launcher.endLeftovers(before, LEFTOVER_GRACE);
      JavaBuild.discard(options.state().resolve("classes").resolve(before));
    }
  }

  private void looked(Runnable look) {
    try {
      looks.submit(look).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("agents could not be looked for", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks what agents there are, and lets those run that are as they are said to be.
  private void look(Set<Path> files) {
    List<Path> folders = options.folders().stream().filter(Files::isDirectory).toList();
    AgentFinder.Found found = finder.find(folders, named);
    List<AgentSpec> all = new ArrayList<>(found.agents());
    all.addAll(options.specs());
    Decoded<List<WatchRules>> made = finder.rules(all);
    List<Diagnostic> said = new ArrayList<>(found.diagnostics());
    made.diagnostics().stream().filter(it -> !said.contains(it)).forEach(said::add);
    List<Diagnostic> news = said.stream().filter(it -> !problems.contains(it)).toList();
    problems = List.copyOf(said);
    tellBroken(found.broken(), news);
    rules = Objects.requireNonNullElse(made.value(), rules);
    Set<String> names = new HashSet<>();
    List<Supervisor> added = new ArrayList<>();
    for (AgentSpec spec : all) {
      names.add(spec.name());
      Supervisor known = supervisors.get(spec.name());
      if (known == null) {
        Supervisor fresh = new Supervisor(spec, new Around());
        supervisors.put(spec.name(), fresh);
        added.add(fresh);
      } else if (!known.state().spec().equals(spec)) {
        known.redefined(spec, files);
      }
    }
    // Who cannot be seen is not gone.
    if (found.complete()) {
      supervisors.forEach((name, supervisor) -> {
        Path folder = supervisor.state().spec().folder();
        if (!names.contains(name) && !found.broken().contains(folder)) {
          supervisors.remove(name, supervisor);
          var _ = supervisor.close();
        }
      });
    }
    if (options.reload()) {
      follower.follow(rules);
    }
    if (options.start()) {
      startInOrder(added);
    }
  }

  /// What is wrong with a definition is told once.
  private void tellBroken(List<Path> broken, List<Diagnostic> fresh) {
    for (Path path : broken) {
      List<Diagnostic> its =
          fresh.stream()
              .filter(it -> it.severity() == Severity.ERROR)
              .filter(it -> it.place() != null && it.place().file().startsWith(path))
              .toList();
      if (!its.isEmpty()) {
        String name =
            supervisors.values().stream()
                .map(Supervisor::state)
                .filter(it -> it.spec().folder().equals(path))
                .map(AgentState::name)
                .findFirst()
                .orElse(FolderConvention.name(path));
        long generation = get(name).map(AgentState::generation).orElse(0L);
        tell(
            AgentEvent.of(
                    AgentEvent.Kind.REJECTED, name, generation, "what it is cannot be understood")
                .because(its, List.of()));
      }
    }
  }

  /// Each when those that it depends on have started or failed.
  private void startInOrder(List<Supervisor> added) {
    Map<String, CompletableFuture<AgentState>> started = new HashMap<>();
    for (Supervisor it : inOrder(added)) {
      AgentSpec spec = it.state().spec();
      if (!spec.preserveState()) {
        store.clear(spec.name());
      }
      CompletableFuture<?>[] before =
          spec.dependsOn().stream()
              .map(started::get)
              .filter(Objects::nonNull)
              .toArray(CompletableFuture<?>[]::new);
      started.put(spec.name(), CompletableFuture.allOf(before).thenCompose(_ -> it.start()));
    }
  }

  /// Those that others depend on first; the finder has opened all circles.
  private static List<Supervisor> inOrder(Collection<Supervisor> all) {
    Map<String, Supervisor> left = new TreeMap<>();
    all.forEach(it -> left.put(it.state().name(), it));
    List<Supervisor> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Supervisor> next =
          left.values().stream()
              .filter(it -> Collections.disjoint(it.state().spec().dependsOn(), left.keySet()))
              .toList();
      ordered.addAll(next.isEmpty() ? left.values() : next);
      left.values().removeAll(ordered);
    }
    return ordered;
  }

  /// Tells those that depend on an agent, and those that depend on them, each after those that it
  /// depends on.
  private void tellDependents(AgentEvent event) {
    Set<String> concerned = new HashSet<>(Set.of(event.agent()));
    for (Supervisor it : inOrder(supervisors.values())) {
      AgentSpec spec = it.state().spec();
      if (!Collections.disjoint(spec.dependsOn(), concerned) && concerned.add(spec.name())) {
        it.dependencyChanged(event.agent(), event.generation());
      }
    }
  }

  /// All agents, by name.
  public List<AgentState> list() {
    return new TreeMap<>(supervisors).values().stream().map(Supervisor::state).toList();
  }

  /// One agent.
  public Optional<AgentState> get(String name) {
    return Optional.ofNullable(supervisors.get(name)).map(Supervisor::state);
  }

  /// What to tell somebody who asked for a name that is not there.
  public Diagnostic notFound(String name) {
    return notFound(name, supervisors.keySet());
  }

  /// The same where no agents run.
  ///
  /// @param names of those that there are
  public static Diagnostic notFound(String name, Collection<String> names) {
    return Problems.notFound(name, names);
  }

  /// Starts an agent that does not run.
  ///
  /// @return how it stands when that has succeeded or failed
  /// @throws IllegalArgumentException if there is no such agent
  public CompletionStage<AgentState> start(String name) {
    return supervisor(name).start();
  }

  /// Stops an agent; its address stays, and refuses.
  ///
  /// @throws IllegalArgumentException if there is no such agent
  public CompletionStage<AgentState> stop(String name) {
    return supervisor(name).stop();
  }

  /// Replaces an agent's process in the agent's mode, and follows its files again if they were
  /// suspended.
  ///
  /// @throws IllegalArgumentException if there is no such agent
  public CompletionStage<AgentState> restart(String name) {
    return supervisor(name).restart();
  }

  private Supervisor supervisor(String name) {
    Supervisor found = supervisors.get(name);
    if (found == null) {
      throw new IllegalArgumentException("there is no agent \"%s\"".formatted(name));
    }
    return found;
  }

  /// Takes paths beside those that are run; what is no agent there is an error.
  ///
  /// @return what is wrong with definitions then
  public List<Diagnostic> add(Collection<Path> paths) {
    List<Path> absolute =
        paths.stream().map(path -> options.workspace().resolve(path).normalize()).toList();
    looked(() -> {
      named.addAll(absolute);
      look(Set.of());
    });
    return diagnostics();
  }

  /// Restarts, or signals, the agents that take one of these settings.
  public void settingsChanged(Collection<String> keys) {
    for (Supervisor supervisor : supervisors.values()) {
      if (supervisor.state().spec().settings().stream().anyMatch(keys::contains)) {
        supervisor.settingsChanged();
      }
    }
  }

  /// What a change of a file would do, and why.
  public Explanation explain(Path file) {
    return Explanation.of(options.workspace().resolve(file), rules);
  }

  /// What is wrong with definitions now.
  public List<Diagnostic> diagnostics() {
    return problems;
  }

  /// The last lines that an agent has printed, oldest first; of those in memory, at most 1,000
  /// lines and 256 K characters. [#logFile] has more.
  public List<LogLine> lastLines(String name, int most) {
    AgentLog log = logs.get(name);
    return log == null ? List.of() : log.last(most);
  }

  /// The file in which an agent's lines are kept.
  public Path logFile(String name) {
    return options.state().resolve("logs").resolve(name + ".log");
  }

  /// What this machine offers for the processes of agents, and what is lost without it.
  public static List<ProcessCapability> capabilities() {
    LauncherOptions all = LauncherOptions.of(_ -> {}).withAdopting(true);
    return Capability.probe(all).stream()
        .map(it -> new ProcessCapability(it.name(), it.available(), it.meaning()))
        .toList();
  }

  /// Tells another listener from now on.
  public Subscription listen(AgentListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void trouble(String message) {
    LOG.log(System.Logger.Level.WARNING, message);
  }

  private void tell(AgentEvent event) {
    for (AgentListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a listener failed", e);
      }
    }
  }

  @Override
  public void close() {
    // No look after this one: it could start what nobody ends.
    looks.close();
    follower.close();
    CompletableFuture<?>[] closing =
        supervisors.values().stream()
            .map(it -> it.close().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(closing).get(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      trouble("not all agents could be stopped: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    launcher.close();
    states.close();
    logs.values().forEach(AgentLog::close);
    JavaBuild.discard(options.state().resolve("classes").resolve(launcher.runId()));
    run.close();
    if (options.watcher() == null) {
      watcher.close();
    }
    if (options.vertx() == null) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private final class Changes implements FileFollower.Told {
    @Override
    public void edited(String agent, Set<Path> files, Duration detect) {
      Supervisor supervisor = supervisors.get(agent);
      if (supervisor != null) {
        supervisor.edited(files, detect);
      }
    }

    @Override
    public void noticed(String agent, Path file) {
      long generation = get(agent).map(AgentState::generation).orElse(0L);
      tell(
          AgentEvent.of(AgentEvent.Kind.NOTICED, agent, generation, "log only")
              .files(List.of(file)));
    }

    @Override
    public void definitions(Set<Path> files) {
      try {
        looks.execute(() -> look(files));
      } catch (RejectedExecutionException e) {
        // Being closed.
      }
    }
  }

  private final class Around implements Supervisor.Surroundings {
    @Override
    public AgentsOptions options() {
      return options;
    }

    @Override
    public Starter starter() {
      return starter;
    }

    @Override
    public FrontPort openFront(AgentSpec spec) {
      FrontOptions front = FrontOptions.DEFAULTS;
      if (spec.port() != 0) {
        return FrontPort.listen(vertx, front.listenOn(options.host(), spec.port()));
      }
      FrontPort open;
      try {
        int before = run.port(spec.name());
        int port = before == 0 ? ports.free() : before;
        open = FrontPort.listen(vertx, front.listenOn(options.host(), port));
      } catch (FrontException | IOException e) {
        open = FrontPort.listen(vertx, front.listenOn(options.host(), 0));
      }
      run.port(spec.name(), open.port());
      return open;
    }

    @Override
    public Map<String, String> environment(AgentSpec spec, long generation, @Nullable String url) {
      Map<String, String> all = new HashMap<>(options.environment());
      // A class file that Python wrote within the same second would be taken for the newer source.
      all.putIfAbsent("PYTHONDONTWRITEBYTECODE", "1");
      all.putIfAbsent("PYTHONUNBUFFERED", "1");
      Map<String, String> settings = new HashMap<>(options.settings().get());
      settings.keySet().retainAll(spec.settings());
      all.putAll(settings);
      all.putAll(EnvFiles.read(spec.envFiles(), options.environment()));
      all.putAll(spec.environment());
      all.put("PIRN_AGENT", spec.name());
      all.put("PIRN_GENERATION", Long.toString(generation));
      all.put("PIRN_STATE_URL", states.url(spec.name()).toString());
      if (!options.url().isEmpty()) {
        all.put("PIRN_URL", options.url());
      }
      if (url != null) {
        all.put("PIRN_AGENT_URL", url);
      }
      for (String other : spec.dependsOn()) {
        String address = get(other).map(AgentState::url).orElse(null);
        if (address != null) {
          String name = other.toUpperCase(Locale.ROOT).replace('-', '_');
          all.put("PIRN_AGENT_URL_" + name, address);
        }
      }
      return all;
    }

    @Override
    public void tell(AgentEvent event) {
      Agents.this.tell(event);
      boolean swapped = get(event.agent()).map(it -> it.restarts() > 0).orElse(false);
      if (event.kind() == AgentEvent.Kind.ACTIVE && swapped) {
        tellDependents(event);
      }
    }

    @Override
    public void line(LogLine line) {
      logs.computeIfAbsent(line.agent(), name -> new AgentLog(logFile(name), Agents.this::trouble))
          .add(line);
      for (AgentListener listener : listeners) {
        try {
          listener.onLine(line);
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "a listener failed", e);
        }
      }
    }

    @Override
    public void trouble(String message, @Nullable Exception cause) {
      LOG.log(System.Logger.Level.WARNING, message, cause);
    }
  }
}
