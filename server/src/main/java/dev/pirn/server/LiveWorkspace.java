package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Live;
import dev.pirn.live.LiveException;
import dev.pirn.live.Reload;
import dev.pirn.live.Verdict;
import dev.pirn.patterns.PatternOptions;
import dev.pirn.registry.RegistryOptions;
import dev.pirn.watch.Backend;
import dev.pirn.watch.Watcher;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything of a workspace that follows its files: the configuration, and what it asks for.
///
/// A configuration that asks for another library has to open it first, as one of its checks; if
/// that fails, the configuration is refused and everything stays. The library takes its place when
/// the configuration has come into force.
final class LiveWorkspace implements AutoCloseable {
  private static final Set<String> AT_START =
      Set.of("server.host", "server.port", "server.allow_remote");
  private static final Duration NEVER = Duration.ofDays(3650);

  private final ServerOptions options;
  private final Views views;
  private final EventLog log;
  private final ReloadListener listener;
  private final Watcher watcher;

  /// Sees the files when it is asked, but never on its own.
  private final Watcher still;

  private final Live<WorkspaceConfig> config;
  private final WorkspaceConfig atStart;
  private final LiveLibrary library;
  private final LiveSettings settings;
  private final SettingsCandidate settingsCandidate;
  private final LiveRegistry registry;

  /// A library for a configuration that is about to come into force.
  @GuardedBy("this")
  private @Nullable Library prepared;

  @GuardedBy("this")
  private boolean following;

  /// The files because of which the last configuration was refused: it would have lost patterns.
  private volatile Set<Path> broken = Set.of();

  /// Held while a configuration is taken up.
  private final ReentrantLock takingUp = new ReentrantLock();

  /// Is told what to put in force beside what is put in force here.
  @GuardedBy("takingUp")
  private Consumer<WorkspaceConfig> beside = _ -> {};

  /// What the log says of the configuration.
  @GuardedBy("takingUp")
  private WorkspaceConfig told;

  LiveWorkspace(ServerOptions options, EventLog log, ReloadListener listener) {
    this.options = options;
    this.views = Views.of(options.workspace());
    this.log = log;
    this.listener = listener;
    this.still = Watcher.builder().backend(Backend.POLLING).pollInterval(NEVER).open();
    this.watcher = options.reload() ? Watcher.open() : still;
    List<AutoCloseable> opened = new ArrayList<>(List.of(still, watcher));
    try {
      this.config =
          Live.of(options.workspace().configSource())
              .check(this::check)
              .orElse(WorkspaceConfig.DEFAULTS)
              .watcher(watcher)
              .open();
      opened.add(config);
      this.atStart = config.get();
      this.told = atStart;
      this.library =
          new LiveLibrary(Library.open(wanted(atStart)), views, log, this::patternsReloaded);
      opened.add(library);
      this.settings = new LiveSettings(wantedSettings(atStart).open(), views, log, listener);
      opened.add(settings);
      this.settingsCandidate = new SettingsCandidate(settings, this::tryAgainElsewhere);
      this.registry = new LiveRegistry(wantedRegistry(atStart), views, log, listener);
    } catch (RuntimeException e) {
      opened.reversed().forEach(LiveWorkspace::closeAfter);
      throw e;
    }
  }

  private static void closeAfter(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.getLogger("dev.pirn.server")
          .log(System.Logger.Level.WARNING, "could not be closed after a failed start", e);
    }
  }

  /// Begins to take up changes of the configuration.
  ///
  /// @param beside is told of the one in force, and of each that comes into force; must not wait
  void follow(Consumer<WorkspaceConfig> beside) {
    synchronized (this) {
      following = true;
    }
    takingUp.lock();
    try {
      this.beside = beside;
    } finally {
      takingUp.unlock();
    }
    config.onReload(this::reloaded);
    // What was changed since it was opened, before anybody listened.
    takeUp(config.get());
  }

  private PatternOptions wanted(WorkspaceConfig config) {
    PatternOptions wanted =
        options.workspace().patternOptions(config).watcher(config.reload() ? watcher : still);
    Path dir = options.patternsDir();
    if (dir != null) {
      wanted = wanted.dirs(List.of(options.workspace().resolve(dir)));
    }
    Duration debounce = options.debounce();
    return debounce == null ? wanted : wanted.debounce(debounce);
  }

  private SettingsSpec wantedSettings(WorkspaceConfig config) {
    return new SettingsSpec(
        options.workspace(),
        config.settings(),
        config.history(),
        config.reload() ? watcher : still);
  }

  private RegistryOptions wantedRegistry(WorkspaceConfig config) {
    return options.workspace().registryOptions(config).watcher(config.reload() ? watcher : still);
  }

  private static boolean same(PatternOptions a, PatternOptions b) {
    // Classifiers do not say whether they are the same; here they are.
    return a.classifier(b.classifier()).equals(b);
  }

  // ---- the configuration changes

  private Verdict check(WorkspaceConfig candidate) {
    synchronized (this) {
      if (!following) {
        return Verdict.ok();
      }
    }
    Verdict verdict = checkLibrary(wanted(candidate));
    if (!verdict.refused()) {
      verdict = settingsCandidate.check(wantedSettings(candidate));
    }
    return verdict.refused() ? verdict : registry.check(wantedRegistry(candidate), this::tryAgain);
  }

  private Verdict checkLibrary(PatternOptions wanted) {
    if (same(wanted, library.options())) {
      prepare(null);
      broken = Set.of();
      return Verdict.ok();
    }
    Library next;
    try {
      next = Library.open(wanted);
    } catch (LiveException e) {
      return Verdict.of(e.diagnostics());
    }
    Map<Path, String> losses = library.use(it -> it.losses(next));
    broken = Set.copyOf(losses.keySet());
    if (!losses.isEmpty()) {
      next.close();
      return Verdict.of(Problems.losses(losses));
    }
    prepare(next);
    return Verdict.ok();
  }

  private void patternsReloaded(String source, Reload<?> reload) {
    listener.reloaded(source, reload);
    Set<Path> waited = broken;
    if (!waited.isEmpty() && library.use(it -> isMended(it, waited))) {
      broken = Set.of();
      tryAgainElsewhere();
    }
  }

  /// Not on this thread: it may replace the library, or the settings, whose listeners it calls.
  private void tryAgainElsewhere() {
    Thread.ofVirtual().name("pirn-config-again").start(this::tryAgain);
  }

  private static boolean isMended(Library library, Set<Path> files) {
    return Collections.disjoint(library.patterns().live().quarantined().keySet(), files);
  }

  private void tryAgain() {
    try {
      config.reload();
    } catch (IllegalStateException e) {
      // It has been closed meanwhile.
    }
  }

  private void prepare(@Nullable Library next) {
    Library unused = prepared(next);
    if (unused != null) {
      unused.close();
    }
  }

  private synchronized @Nullable Library prepared(@Nullable Library next) {
    Library before = prepared;
    prepared = next;
    return before;
  }

  private void reloaded(Reload<WorkspaceConfig> outcome) {
    listener.reloaded("config", outcome);
    switch (outcome) {
      case Reload.Applied<WorkspaceConfig> applied -> {
        List<String> changed = takeUp(applied.after());
        log.append(
            "config.changed",
            "config",
            event(applied)
                .put("changed", Views.array(changed, key -> key))
                .put("needsRestart", Views.array(needsRestart(), key -> key)));
      }
      case Reload.Rejected<WorkspaceConfig> rejected -> rejected(rejected, rejected.diagnostics());
      case Reload.Unchanged<WorkspaceConfig> _ -> {}
    }
  }

  private void rejected(Reload<WorkspaceConfig> outcome, List<Diagnostic> diagnostics) {
    log.append(
        "config.rejected",
        "config",
        event(outcome).put("diagnostics", views.diagnostics(diagnostics)));
  }

  private JsonObject event(Reload<WorkspaceConfig> outcome) {
    return new JsonObject()
        .put("name", Workspace.CONFIG_FILE)
        .put("file", views.file(options.workspace().configFile()))
        .put("generation", outcome.snapshot().generation())
        .put("trigger", Views.word(outcome.trigger()))
        .put("lag_ms", Views.milliseconds(outcome.timings().lag()));
  }

  /// Puts in force what a configuration asks for.
  ///
  /// @return the keys that have changed
  private List<String> takeUp(WorkspaceConfig config) {
    takingUp.lock();
    try {
      List<String> changed = ConfigView.changed(told, config);
      told = config;
      settingsCandidate.takeUp(wantedSettings(config));
      takeUpLibrary(wanted(config));
      registry.takeUp(wantedRegistry(config));
      beside.accept(config);
      return changed;
    } finally {
      takingUp.unlock();
    }
  }

  private void takeUpLibrary(PatternOptions wanted) {
    if (same(wanted, library.options())) {
      return;
    }
    Library next = prepared(null);
    if (next == null || !same(wanted, next.options())) {
      // Configurations followed each other so fast that the one prepared is for another.
      if (next != null) {
        next.close();
      }
      next = Library.open(wanted);
    }
    library.replace(next);
  }

  /// The keys that have been changed, but that only a restart takes up.
  List<String> needsRestart() {
    return ConfigView.changed(atStart, config.get()).stream()
        .filter(AT_START::contains)
        .filter(key -> !(key.equals("server.host") && options.host() != null))
        .filter(key -> !(key.equals("server.port") && options.port() != null))
        .toList();
  }

  // ---- how things are

  ServerOptions options() {
    return options;
  }

  Workspace workspace() {
    return options.workspace();
  }

  Views views() {
    return views;
  }

  Live<WorkspaceConfig> config() {
    return config;
  }

  LiveLibrary library() {
    return library;
  }

  LiveSettings settings() {
    return settings;
  }

  LiveRegistry registry() {
    return registry;
  }

  /// Sees the files, to be shared.
  Watcher watcher() {
    return watcher;
  }

  /// Whether files are followed.
  boolean reload() {
    return options.reload() && config.get().reload();
  }

  /// How the configuration stands.
  JsonObject configStatus() {
    List<Diagnostic> diagnostics = new ArrayList<>(config.diagnostics());
    List<String> restart = needsRestart();
    if (!restart.isEmpty()) {
      diagnostics.add(Problems.needsRestart(restart, workspace().configFile()));
    }
    return views
        .source(config.status())
        .put("name", "config")
        .put("file", views.file(workspace().configFile()))
        .put("configured", workspace().configured())
        .put("needsRestart", Views.array(restart, key -> key))
        .put("diagnostics", views.diagnostics(diagnostics));
  }

  @Override
  public void close() {
    config.close();
    prepare(null);
    library.close();
    settingsCandidate.close();
    settings.close();
    registry.close();
    watcher.close();
    still.close();
  }
}
