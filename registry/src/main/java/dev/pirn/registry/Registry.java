package dev.pirn.registry;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Following;
import dev.pirn.live.Live;
import dev.pirn.live.Reload;
import dev.pirn.live.Snapshot;
import dev.pirn.live.Source;
import dev.pirn.live.Subscription;
import dev.pirn.live.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A registry of agents that follows its file.
///
/// ```java
/// try (Registry registry = Registry.open(RegistryOptions.of(Path.of("agent_registry.yaml")))) {
///   registry.onReload(event -> System.out.println(event.toJson()));
///   registry.agents().get("helper").ifPresent(agent -> System.out.println(agent.definition().name()));
///   registry.update("helper", Map.of("version", "1.1.0"), null);
/// }
/// ```
///
/// The file's own `config` is obeyed while it is in force: whether and after what debounce changes
/// of the file are taken up, what is checked, how agents are found.
///
/// **Threading.** All methods may be called by any thread. Listeners are called on the thread of
/// [Live]'s listeners, one call at a time, in order.
///
/// **Life cycle.** [#open] returns with a registry in force: that of the file, or an empty one
/// while there is none or it is broken. [#close] ends the following; the last registry can still be
/// read.
///
/// **Failure.** A broken agent keeps its last good definition while the others go on, or keeps the
/// whole file from being put in force where that is strict; see [#diagnostics].
public final class Registry implements AutoCloseable {
  private final RegistryOptions options;
  private final Live<AgentRegistry> live;
  private final EventHistory history;
  private final RegistryFile file;
  private volatile @Nullable FolderFollower follower;

  private Registry(RegistryOptions options) {
    this.options = options;
    this.history = new EventHistory(options.keep());
    RegistryDecoder decoder = new RegistryDecoder();
    this.file = new RegistryFile(options.file(), decoder);
    Live.Builder<AgentRegistry> builder =
        Live.of(source(options.file(), decoder))
            .orElse(AgentRegistry.empty())
            .following(Registry::following)
            .onReload(reload -> told(reload, history::add))
            .keep(options.keep());
    if (options.watcher() != null) {
      builder.watcher(options.watcher());
    }
    this.live = builder.open();
  }

  /// Opens a registry.
  public static Registry open(RegistryOptions options) {
    return new Registry(Objects.requireNonNull(options, "options"));
  }

  /// The file as a source, for whoever follows it himself.
  public static Source<AgentRegistry> source(Path file) {
    return source(file, new RegistryDecoder());
  }

  private static Source<AgentRegistry> source(Path file, RegistryDecoder decoder) {
    return Source.file(file, decoder).maxBytes(RegistryDecoder.MOST_BYTES);
  }

  private static Following following(AgentRegistry registry) {
    RegistryConfig.HotReload wanted = registry.config().hotReload();
    int debounce = Objects.requireNonNullElse(wanted.debounceMs(), 0);
    return new Following(followed(registry), Duration.ofMillis(debounce));
  }

  private static boolean followed(AgentRegistry registry) {
    RegistryConfig.HotReload wanted = registry.config().hotReload();
    return wanted.enabled() && wanted.watchFile();
  }

  /// The JSON Schema (draft 2020-12) of the file, for editors, as plain data for `Json`. It cannot
  /// say that ids are there once, that agents exist which others name, and what
  /// `config.validation.required_fields` demands.
  public static Map<String, Object> schema() {
    return RegistrySchema.make();
  }

  /// What is wrong with a file, by place, without following it. Locations are relative to its
  /// folder.
  public static List<Diagnostic> validate(RegistryOptions options) {
    try (Registry registry = open(options)) {
      return registry.diagnostics().stream()
          .filter(problem -> !problem.code().equals(Code.NOT_FOLLOWED.id()))
          .toList();
    }
  }

  /// What is wrong with the bytes of a file, by place.
  public static List<Diagnostic> validate(Content content) {
    return new RegistryDecoder().decode(content).diagnostics();
  }

  /// The registry with its generations and the way back, for whoever wants to look closer.
  public Live<AgentRegistry> live() {
    return live;
  }

  /// The file.
  public Path file() {
    return options.file();
  }

  /// The agents in force.
  public AgentRegistry agents() {
    return live.get();
  }

  /// How many agents there are of what kind, and how the registry stands.
  public RegistryStatistics statistics() {
    Snapshot<AgentRegistry> now = live.snapshot();
    AgentRegistry registry = now.value();
    TreeMap<String, Integer> categories = new TreeMap<>();
    TreeMap<String, Integer> environments = new TreeMap<>();
    TreeMap<String, Integer> statuses = new TreeMap<>();
    int deprecated = 0;
    for (Agent agent : registry.agents()) {
      AgentDefinition definition = agent.definition();
      categories.merge(definition.category(), 1, Integer::sum);
      environments.merge(definition.environment(), 1, Integer::sum);
      statuses.merge(definition.status().word(), 1, Integer::sum);
      deprecated += definition.deprecated() ? 1 : 0;
    }
    return new RegistryStatistics(
        registry.size(),
        categories,
        environments,
        statuses,
        deprecated,
        registry.refused().size(),
        now.time(),
        followed(registry));
  }

  /// All that is to be mended now, by place: in the file, and where locations are checked, agents
  /// whose folder is not there, and where folders are followed, what is not in step with them.
  public List<Diagnostic> diagnostics() {
    List<Diagnostic> all = new ArrayList<>(live.diagnostics());
    AgentRegistry registry = agents();
    if (registry.config().validation().validateLocation()) {
      for (Agent agent : registry.agents()) {
        String location = agent.definition().location();
        if (!Files.isDirectory(options.root().resolve(location))) {
          all.add(Problems.noFolder(location, agent.place()));
        }
      }
    }
    if (!followed(registry)) {
      all.add(Problems.notFollowed(options.file()));
    }
    FolderFollower follower = this.follower;
    SyncResult compared = follower == null ? null : follower.last();
    if (compared != null) {
      all.addAll(compared.errors());
      if (!compared.written().containsAll(compared.differences())) {
        all.add(Problems.outOfStep(options.file(), compared));
      }
    }
    all.sort(Diagnostic.BY_PLACE);
    return List.copyOf(all);
  }

  /// Calls a listener after each reload that put something in force or was refused, and after each
  /// that somebody asked for. It may do whatever it likes, closing, reloading and unsubscribing
  /// included.
  public Subscription onReload(Consumer<? super ReloadEvent> listener) {
    Objects.requireNonNull(listener, "listener");
    return live.onReload(reload -> told(reload, listener));
  }

  private static void told(Reload<AgentRegistry> reload, Consumer<? super ReloadEvent> listener) {
    if (!(reload instanceof Reload.Unchanged) || reload.trigger() == Trigger.RELOAD) {
      listener.accept(ReloadEvent.of(reload));
    }
  }

  /// The last events, newest first.
  public List<ReloadEvent> history() {
    return history.newestFirst();
  }

  /// Reads the file again, whether its changes are followed or not.
  public Reload<AgentRegistry> reload() {
    return live.reload();
  }

  /// Adds an agent to the file, and puts it in force. Nothing of the file changes but that lines
  /// are added to it; where there is no file, one is made.
  ///
  /// The result is checked before a byte is written.
  ///
  /// @param id its id, which must be free
  /// @param fields its fields by their keys: plain data, or [AgentDefinition#toMap]
  /// @param ifMatch the digest of the file that was seen ([Snapshot#digest]), if it must be that
  ///   one; null for any
  /// @return what was written, with warnings; or the errors for which nothing was
  public Decoded<WrittenAgents> register(
      String id, Map<String, ?> fields, @Nullable String ifMatch) {
    return change(Edit.register(id, fields), ifMatch);
  }

  /// Changes fields of an agent in the file, and puts it in force. Only the lines of those fields
  /// change.
  ///
  /// @param id its id
  /// @param fields new values by their keys; null takes the field away
  /// @param ifMatch as for [#register]
  /// @return what was written, with warnings; or the errors for which nothing was
  public Decoded<WrittenAgents> update(
      String id, Map<String, ? extends @Nullable Object> fields, @Nullable String ifMatch) {
    return change(Edit.update(id, fields), ifMatch);
  }

  /// Takes an agent out of the file, with the comment lines right above it, and out of force.
  ///
  /// @param id its id
  /// @param ifMatch as for [#register]
  /// @return what was written, with warnings; or the errors for which nothing was
  public Decoded<WrittenAgents> remove(String id, @Nullable String ifMatch) {
    return change(Edit.remove(id), ifMatch);
  }

  /// Compares the agents that are declared with those that lie in folders, and makes the file
  /// follow as far as the options say.
  public SyncResult sync(SyncOptions how) {
    FolderScan found = FolderScan.of(options, how.resolved(agents().config().autoSync()));
    return new FolderSync(options, found).run(how, agents(), edits -> change(edits, null));
  }

  /// Compares with the folders whenever they or the file change, and makes the file follow, as
  /// `config.auto_sync` says; while that is not enabled, does nothing. What differs still is among
  /// the [#diagnostics].
  ///
  /// @return ends it; so does [#close]
  public synchronized Subscription followFolders() {
    if (follower == null) {
      follower = new FolderFollower(this, options);
    }
    return follower;
  }

  private Decoded<WrittenAgents> change(Edit edit, @Nullable String ifMatch) {
    return change(List.of(edit), ifMatch);
  }

  private Decoded<WrittenAgents> change(List<Edit> edits, @Nullable String ifMatch) {
    Decoded<WrittenAgents> written = file.change(edits, ifMatch);
    if (written.value() != null) {
      live.reload();
    }
    return written;
  }

  @Override
  public void close() {
    FolderFollower following = follower;
    if (following != null) {
      following.close();
    }
    live.close();
  }
}
