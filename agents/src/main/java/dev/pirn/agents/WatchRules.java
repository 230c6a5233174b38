package dev.pirn.agents;

import dev.pirn.agents.WatchVerdict.Effect;
import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.watch.WatchSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which files concern an agent, and what their change does.
///
/// What is said more closely counts more: `agent.yaml` before `.meshwatch` before the environment
/// before the language's defaults. Of what is wished to be included only the closest list counts;
/// what is excluded or only logged adds up, and the last pattern that matches decides.
///
/// Paths are absolute and without symbolic links. Immutable and safe for use by several threads.
public final class WatchRules {
  /// How long a file must be at rest, where nobody says otherwise: files are told when they are
  /// closed, so this only gathers what is saved together.
  public static final Duration DEFAULT_DELAY = Duration.ofMillis(30);

  /// Knows names that are hidden, and those that editors use while they save.
  private static final WatchSpec NAMES = WatchSpec.tree(Path.of("/"));

  private final AgentSpec agent;
  private final List<AgentSpec> others;
  private final Path workspace;
  private final boolean enabled;
  private final String enabledOrigin;
  private final Duration delay;
  private final PatternList include;
  private final boolean includeIsOwn;
  private final Set<String> extensions;
  private final String extensionsOrigin;
  private final PatternList exclude;
  private final PatternList logOnly;
  private final List<Path> roots;
  private final Set<Path> programs;

  private WatchRules(
      AgentSpec agent,
      List<AgentSpec> others,
      Path workspace,
      WatchWishes mesh,
      ReloadEnvironment environment) {
    WatchWishes own = agent.watch();
    this.agent = agent;
    this.others = others;
    this.workspace = workspace;
    String meshName = MeshWatch.NAME;
    if (own.enabled() != null) {
      this.enabled = own.enabled();
      this.enabledOrigin = "agent.yaml";
    } else if (mesh.enabled() != null) {
      this.enabled = mesh.enabled();
      this.enabledOrigin = meshName;
    } else {
      this.enabled = environment.enabled() == null || environment.enabled();
      this.enabledOrigin = ReloadEnvironment.ENABLE;
    }
    this.delay = first(own.reloadDelay(), mesh.reloadDelay(), environment.delay(), DEFAULT_DELAY);
    this.includeIsOwn = !own.include().isEmpty();
    this.include = new PatternList(includeIsOwn ? own.include() : mesh.include());
    Set<String> wished = environment.extensions();
    this.extensions = wished == null ? agent.language().extensions() : wished;
    String byDefault = "default of " + agent.language().word();
    this.extensionsOrigin = wished == null ? byDefault : ReloadEnvironment.EXTENSIONS;
    this.roots = roots(agent, include);
    this.exclude = new PatternList(excludes(byDefault, mesh, own));
    this.logOnly =
        new PatternList(Stream.concat(mesh.logOnly().stream(), own.logOnly().stream()).toList());
    this.programs = agent.programs();
  }

  /// The rules of an agent.
  ///
  /// If its `.meshwatch` is broken there are errors, and rules as if it were not there.
  ///
  /// @param all the agents of the workspace, whose files are their own
  /// @param workspace the folder above which nobody looks for a `.meshwatch`
  static Decoded<WatchRules> of(
      AgentSpec agent, Collection<AgentSpec> all, Path workspace, ReloadEnvironment environment) {
    List<AgentSpec> others = all.stream().filter(it -> !it.name().equals(agent.name())).toList();
    Path file = MeshWatch.file(home(agent), workspace);
    Decoded<WatchWishes> mesh = read(file, workspace);
    WatchWishes wishes = mesh.value() == null ? WatchWishes.NONE : mesh.value();
    return Decoded.partly(
        new WatchRules(agent, others, workspace, wishes, environment), mesh.diagnostics());
  }

  private static Decoded<WatchWishes> read(@Nullable Path file, Path workspace) {
    if (file == null) {
      return Decoded.of(WatchWishes.NONE);
    }
    try {
      return MeshWatch.read(new Content(file, Files.readAllBytes(file)), workspace);
    } catch (IOException e) {
      return Decoded.failed(Problems.notReadable(file, Problems.reason(e)));
    }
  }

  private List<PathPattern> excludes(String byDefault, WatchWishes mesh, WatchWishes own) {
    List<PathPattern> excludes = new ArrayList<>();
    for (Path root : roots) {
      for (String folder : agent.language().excludedFolders()) {
        excludes.add(new PathPattern(folder + "/", root, byDefault, null));
      }
    }
    excludes.addAll(mesh.exclude());
    excludes.addAll(own.exclude());
    return excludes;
  }

  /// The agent's own folder, or the one in which its file lies.
  private static Path home(AgentSpec agent) {
    Path parent = agent.folder().getParent();
    return agent.singleFile() && parent != null ? parent : agent.folder();
  }

  private static List<Path> roots(AgentSpec agent, PatternList include) {
    List<Path> all = new ArrayList<>(List.of(home(agent)));
    include.patterns().stream()
        .filter(pattern -> !pattern.negated())
        .map(PathPattern::root)
        .filter(root -> !root.startsWith(home(agent)))
        .distinct()
        .forEach(all::add);
    return all.stream()
        .filter(root -> all.stream().noneMatch(it -> !it.equals(root) && root.startsWith(it)))
        .toList();
  }

  @SafeVarargs
  private static <T> T first(@Nullable T... choices) {
    for (T choice : choices) {
      if (choice != null) {
        return choice;
      }
    }
    throw new IllegalArgumentException("the last is what holds where nobody says otherwise");
  }

  /// The agent.
  public AgentSpec agent() {
    return agent;
  }

  /// How long a file must be at rest before its change counts.
  public Duration delay() {
    return delay;
  }

  /// Whether changes do anything at all.
  public boolean enabled() {
    return enabled;
  }

  /// The folders that have to be watched: the agent's own, and those that an include reaches
  /// outside of it. None lies in another.
  public List<Path> roots() {
    return roots;
  }

  /// The files that concern the agent wherever they lie: its env files, and each `.meshwatch` that
  /// is or would be its.
  Set<Path> filesBeside() {
    Set<Path> files = new HashSet<>(agent.envFiles());
    for (Path folder = home(agent);
        folder != null && folder.startsWith(workspace);
        folder = folder.getParent()) {
      files.add(folder.resolve(MeshWatch.NAME));
    }
    return files;
  }

  /// Whether a change in a folder may concern the agent.
  boolean enters(Path folder) {
    Path last = folder.getFileName();
    return exclude.anyNegated()
        || last == null
        || (NAMES.enters(last.toString())
            && !agent.language().excludedFolders().contains(last.toString()));
  }

  /// What to watch, without the folders that are excluded anyway. What it reports is still to be
  /// judged by [#verdict].
  public WatchSpec spec() {
    WatchSpec spec = WatchSpec.trees(roots).debounce(delay).together(true);
    return exclude.anyNegated()
        ? spec
        : spec.exclude(
            agent.language().excludedFolders().stream()
                .map(folder -> "**/" + folder + "/**")
                .toArray(String[]::new));
  }

  /// Whether what is to be watched is the same as for other rules.
  boolean watchesAs(WatchRules other) {
    return roots.equals(other.roots)
        && delay.equals(other.delay)
        && exclude.anyNegated() == other.exclude.anyNegated();
  }

  /// What a change of a file does.
  ///
  /// @param file absolute, without symbolic links; it need not exist any more
  public WatchVerdict verdict(Path file) {
    if (defines(file)) {
      return new WatchVerdict(Effect.DEFINITION, "says how the agent is run", "convention");
    }
    if (agent.envFiles().contains(file)) {
      return new WatchVerdict(
          enabled ? Effect.RESTART : Effect.IGNORED, "an env file of the agent", "agent.yaml");
    }
    boolean own =
        agent.singleFile() ? file.equals(agent.folder()) : file.startsWith(agent.folder());
    Path root = root(file, own);
    if (root == null) {
      return new WatchVerdict(
          Effect.NOT_WATCHED, "lies outside of the agent's folder", extensionsOrigin);
    }
    if (!enabled) {
      return new WatchVerdict(Effect.IGNORED, "hot reload is switched off", enabledOrigin);
    }
    WatchVerdict name = name(root.relativize(file));
    if (name != null) {
      return name;
    }
    String path = PathPattern.slashes(file.toString());
    PathPattern wanted = include.selecting(path);
    AgentSpec owner = own ? null : owner(file);
    if (owner != null && !(includeIsOwn && wanted != null)) {
      return new WatchVerdict(
          Effect.NOT_WATCHED, "belongs to the agent \"%s\"".formatted(owner.name()), "convention");
    }
    PathPattern excluded = exclude.excluding(path);
    if (excluded != null) {
      return WatchVerdict.by(Effect.IGNORED, "exclude", excluded);
    }
    PathPattern logged = logOnly.selecting(path);
    if (logged != null) {
      return WatchVerdict.by(Effect.LOG_ONLY, "log_only", logged);
    }
    if (programs.contains(file)) {
      return new WatchVerdict(Effect.RESTART, "the program that is run", "convention");
    }
    return wanted != null
        ? WatchVerdict.by(Effect.RESTART, "include", wanted)
        : byDefault(file, own);
  }

  /// Whether a file says how the agent is run, or would if it were there.
  private boolean defines(Path file) {
    Path folder = file.getParent();
    return switch (FolderConvention.name(file)) {
      case FolderConvention.DEFINITION ->
          !agent.singleFile() && Objects.equals(folder, agent.folder());
      case MeshWatch.NAME ->
          folder != null && home(agent).startsWith(folder) && folder.startsWith(workspace);
      default -> false;
    };
  }

  private WatchVerdict byDefault(Path file, boolean own) {
    if (!include.isEmpty()) {
      String origin = includeIsOwn ? "agent.yaml" : MeshWatch.NAME;
      return new WatchVerdict(Effect.NOT_WATCHED, "no include matches", origin);
    }
    String name = Objects.toString(file.getFileName());
    String extension = Language.extension(name);
    if (own && extensions.contains(extension)) {
      return new WatchVerdict(Effect.RESTART, "the ending ." + extension, extensionsOrigin);
    }
    String why =
        own
            ? extension.isEmpty()
                ? "a name without an ending"
                : "the ending ." + extension + " is not watched"
            : "not the agent's own file";
    return new WatchVerdict(Effect.NOT_WATCHED, why, extensionsOrigin);
  }

  /// The folder in which a file is watched; null if it is in none.
  private @Nullable Path root(Path file, boolean own) {
    if (own) {
      return home(agent);
    }
    for (Path root : roots) {
      if (file.startsWith(root) && !file.equals(root)) {
        return root;
      }
    }
    return null;
  }

  private static @Nullable WatchVerdict name(Path relative) {
    for (Path part : relative) {
      String name = part.toString();
      if (!NAMES.enters(name)) {
        return new WatchVerdict(Effect.IGNORED, "\"%s\" is hidden".formatted(name), "convention");
      }
    }
    String last = Objects.toString(relative.getFileName());
    return NAMES.covers(last)
        ? null
        : new WatchVerdict(
            Effect.IGNORED, "\"%s\" is an editor's temporary file".formatted(last), "convention");
  }

  private @Nullable AgentSpec owner(Path file) {
    for (AgentSpec other : others) {
      if (file.startsWith(other.folder()) && !agent.folder().startsWith(other.folder())) {
        return other;
      }
    }
    return null;
  }
}
