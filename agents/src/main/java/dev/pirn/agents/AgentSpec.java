package dev.pirn.agents;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an agent is: what to run, and how. Made by [AgentFinder].
///
/// Two that are equal are run in the same way, so that nothing has to be restarted when a file was
/// only written differently.
///
/// @param name by which it is called: letters, digits, `_`, `-`, at most 64
/// @param folder what belongs to it: a folder, or a single file; absolute
/// @param definition its `agent.yaml`, or null if it has none
/// @param language what it is written in
/// @param launch how a process of it is started
/// @param build a command that is run before each start and must end with 0; empty for none
/// @param workingFolder where its processes run
/// @param environment variables that it gets beside those of the supervisor
/// @param envFiles `.env` files whose settings it gets too, later ones before earlier ones, and
///   `environment` before all of them; they need not exist
/// @param port of its address; 0 for the one that it had before, or else one that is free
/// @param readiness how it shows that it is ready
/// @param mode how its processes follow one another
/// @param signal which signal makes it load its code anew, in [Mode#SIGNAL]; without `SIG`
/// @param stopGrace how long it has to end after SIGTERM
/// @param drainLimit how long streams of an old process may go on
/// @param preserveState whether what it keeps at `PIRN_STATE_URL` outlives a start of the
///   supervisor's
/// @param dependsOn the names of agents that are started before it
/// @param settings the keys of the workspace's settings that it takes, and is restarted for
/// @param watch what its `agent.yaml` wishes to be watched
/// @param precheck how its files are checked before a process is replaced
/// @param about what people and the registry are told of it
public record AgentSpec(
    String name,
    Path folder,
    @Nullable Path definition,
    Language language,
    Launch launch,
    List<String> build,
    Path workingFolder,
    Map<String, String> environment,
    List<Path> envFiles,
    int port,
    Readiness readiness,
    Mode mode,
    String signal,
    Duration stopGrace,
    Duration drainLimit,
    boolean preserveState,
    List<String> dependsOn,
    List<String> settings,
    WatchWishes watch,
    Precheck precheck,
    About about) {
  /// How long an agent has to end, where nobody says otherwise.
  public static final Duration DEFAULT_STOP_GRACE = Duration.ofSeconds(3);

  /// How long streams of an old process may go on, where nobody says otherwise.
  public static final Duration DEFAULT_DRAIN_LIMIT = Duration.ofSeconds(2);

  static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /// What people and the registry are told of an agent.
  ///
  /// @param title its name for people, or null
  /// @param version its version, or null
  /// @param description what it does, or null
  /// @param tags what it may be found by
  public record About(
      @Nullable String title,
      @Nullable String version,
      @Nullable String description,
      List<String> tags) {
    /// Nothing.
    public static final About NOTHING = new About(null, null, null, List.of());

    public About {
      tags = List.copyOf(tags);
    }
  }

  /// How an agent's files are checked before a process is replaced.
  ///
  /// @param enabled whether they are checked
  /// @param command a command that must end with 0; empty for that of the language
  public record Precheck(boolean enabled, List<String> command) {
    /// That of the language.
    public static final Precheck DEFAULT = new Precheck(true, List.of());

    public Precheck {
      command = List.copyOf(command);
    }
  }

  /// @throws IllegalArgumentException if the name is none, or a number is out of range
  public AgentSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" cannot be an agent's name");
    }
    if (!folder.isAbsolute() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "the folder must be absolute and the port from 0 to 65535, were %s and %s"
              .formatted(folder, port));
    }
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(launch, "launch");
    Objects.requireNonNull(readiness, "readiness");
    Objects.requireNonNull(mode, "mode");
    build = List.copyOf(build);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    envFiles = List.copyOf(envFiles);
    dependsOn = List.copyOf(dependsOn);
    settings = List.copyOf(settings);
  }

  /// An agent that is run by a command, with the defaults for all else.
  ///
  /// @param folder what belongs to it, absolute; where it runs
  public static AgentSpec of(String name, Path folder, String... command) {
    return of(name, folder, Language.OTHER, new Launch.Program(List.of(command)));
  }

  static AgentSpec of(String name, Path folder, Language language, Launch launch) {
    return new AgentSpec(
        name,
        folder,
        null,
        language,
        launch,
        List.of(),
        folder,
        Map.of(),
        List.of(),
        0,
        new Readiness.Tcp(Readiness.DEFAULT_TIMEOUT),
        Mode.BLUE_GREEN,
        "HUP",
        DEFAULT_STOP_GRACE,
        DEFAULT_DRAIN_LIMIT,
        true,
        List.of(),
        List.of(),
        WatchWishes.NONE,
        Precheck.DEFAULT,
        About.NOTHING);
  }

  /// Whether it is one file, and not a folder of its own.
  boolean singleFile() {
    return definition == null && !folder.equals(workingFolder);
  }

  /// The same, restarted by other files.
  ///
  /// @param patterns as in a `.gitignore`, relative to the agent's folder
  /// @throws IllegalArgumentException if one is no pattern; the message says why
  public AgentSpec watching(List<String> patterns) {
    List<PathPattern> include =
        patterns.stream()
            .map(it -> new PathPattern(it, folder, "what was asked for", null))
            .toList();
    WatchWishes wishes =
        new WatchWishes(
            watch.enabled(), include, watch.exclude(), watch.logOnly(), watch.reloadDelay());
    return with(dependsOn, wishes);
  }

  AgentSpec dependsOn(List<String> names) {
    return with(names, watch);
  }

  private AgentSpec with(List<String> dependsOn, WatchWishes watch) {
    return new AgentSpec(
        name,
        folder,
        definition,
        language,
        launch,
        build,
        workingFolder,
        environment,
        envFiles,
        port,
        readiness,
        mode,
        signal,
        stopGrace,
        drainLimit,
        preserveState,
        dependsOn,
        settings,
        watch,
        precheck,
        about);
  }

  /// Whether a process of it that runs is as this says too. The rest counts from the next one on.
  boolean runsAs(AgentSpec other) {
    return launch.equals(other.launch)
        && build.equals(other.build)
        && workingFolder.equals(other.workingFolder)
        && environment.equals(other.environment)
        && envFiles.equals(other.envFiles)
        && settings.equals(other.settings)
        && dependsOn.equals(other.dependsOn)
        && about.equals(other.about);
  }

  /// The files below its folder that its command names, be they there or not.
  Set<Path> programs() {
    return switch (launch) {
      case Launch.JavaSources java -> Set.of(java.entry());
      case Launch.Program program -> {
        Set<Path> named = new HashSet<>();
        for (String word : program.command()) {
          try {
            Path path = workingFolder.resolve(word).normalize();
            if (path.startsWith(folder) && !path.equals(workingFolder)) {
              named.add(path);
            }
          } catch (InvalidPathException e) {
            // An argument that is no path.
          }
        }
        yield Set.copyOf(named);
      }
    };
  }

  /// Without what it is run with, which may be secret.
  @Override
  public String toString() {
    return "AgentSpec[" + name + " in " + folder + "]";
  }
}
