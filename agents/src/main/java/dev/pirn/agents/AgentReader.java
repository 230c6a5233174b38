package dev.pirn.agents;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlBinder;
import dev.pirn.yaml.YamlList;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes an agent of an `agent.yaml`, or of a folder or file without one. Lives for one of them.
final class AgentReader {
  private static final YamlBinder<AgentYaml> BINDER = Yaml.binder(AgentYaml.class);
  static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Set<String> SIGNALS =
      Set.of("HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "ALRM", "CONT", "WINCH");

  private final Surroundings around;
  private final List<Diagnostic> said = new ArrayList<>();

  /// What there is around all agents.
  ///
  /// @param environment the supervisor's
  record Surroundings(
      Path workspace,
      Map<String, String> environment,
      ReloadEnvironment reload,
      Interpreters interpreters) {}

  /// An agent that has been read.
  ///
  /// @param dependsOn the agents that it names, with their places
  record Read(AgentSpec agent, List<YamlScalar> dependsOn) {}

  AgentReader(Surroundings around) {
    this.around = around;
  }

  /// An agent without a definition.
  ///
  /// @param folder what belongs to it, a folder or the entry itself
  Decoded<Read> read(Path folder, Path entry) {
    boolean single = folder.equals(entry);
    String base = FolderConvention.name(folder);
    String name = single ? FolderConvention.stem(base) : base;
    if (!AgentSpec.NAME.matcher(name).matches()) {
      said.add(Problems.badName(name, Place.of(folder)));
    }
    Path home = single ? Objects.requireNonNull(folder.getParent()) : folder;
    Launch launch =
        around.interpreters().launch(folder, entry, List.of(), null, Place.of(entry), said);
    if (launch == null || Diagnostic.anyError(said)) {
      return Decoded.failed(said);
    }
    AgentSpec plain = AgentSpec.of(name, folder, LaunchReader.language(launch, entry), launch);
    ReloadEnvironment reload = around.reload();
    AgentSpec spec =
        new AgentSpec(
            name,
            folder,
            null,
            plain.language(),
            launch,
            List.of(),
            home,
            Map.of(),
            List.of(),
            0,
            plain.readiness(),
            reload.mode() == null ? plain.mode() : reload.mode(),
            plain.signal(),
            plain.stopGrace(),
            plain.drainLimit(),
            reload.preserveState() == null || reload.preserveState(),
            List.of(),
            List.of(),
            WatchWishes.NONE,
            checked(true, List.of()),
            AgentSpec.About.NOTHING);
    return Decoded.of(new Read(spec, List.of()), said);
  }

  /// An agent with a definition.
  Decoded<Read> read(Content definition) {
    Decoded<YamlNode> parsed = Yaml.parse(definition);
    YamlNode root = parsed.value();
    said.addAll(parsed.diagnostics());
    AgentYaml written = root == null ? null : BINDER.bind(root, said);
    Read read = root == null || written == null ? null : read(definition.file(), root, written);
    said.sort(Diagnostic.BY_PLACE);
    return read == null || Diagnostic.anyError(said)
        ? Decoded.failed(said)
        : Decoded.of(read, said);
  }

  private @Nullable Read read(Path definition, YamlNode root, AgentYaml written) {
    Path folder = Objects.requireNonNull(definition.getParent());
    String name = name(definition, folder, written);
    Path home = folder(folder, written.workingDirectory());
    LaunchReader.Entry entry =
        new LaunchReader(around.interpreters(), said).read(definition, root, written);
    Duration grace = limited("stop_grace", written.stopGrace(), root);
    Duration drain = limited("drain", written.drain(), root);
    Readiness readiness =
        new ReadinessReader(said).read(written.ready(), AgentYaml.place(root, "ready"));
    Mode mode = mode(root, written);
    String signal = signal(written.signal());
    List<String> build =
        written.build() == null ? List.of() : CommandWords.of(written.build(), said);
    AgentSpec.Precheck precheck = precheck(written.precheck());
    WatchWishes watch = watch(folder, written.watch());
    List<Path> envFiles = envFiles(folder, written.envFile());
    Map<String, String> environment =
        Expansion.of(written.environment(), around.environment(), said);
    if (written.resources() != null) {
      said.add(Problems.notEnforced("resources", AgentYaml.keyPlace(root, "resources")));
    }
    if (Diagnostic.anyError(said)
        || entry == null
        || home == null
        || readiness == null
        || watch == null) {
      return null;
    }
    Boolean preserve = first(written.preserveState(), around.reload().preserveState());
    AgentSpec spec =
        new AgentSpec(
            name,
            folder,
            definition,
            written.language() == null ? entry.language() : written.language(),
            entry.launch(),
            build,
            home,
            environment,
            envFiles,
            written.port(),
            readiness,
            mode,
            signal,
            grace,
            drain,
            preserve == null || preserve,
            written.dependsOn().stream().map(YamlScalar::text).distinct().toList(),
            written.settings(),
            watch,
            precheck,
            about(written));
    return new Read(spec, written.dependsOn());
  }

  private String name(Path definition, Path folder, AgentYaml written) {
    YamlScalar given = written.name();
    AgentYaml.Metadata metadata = written.metadata();
    String name =
        given != null
            ? given.text()
            : metadata != null
                    && metadata.name() != null
                    && AgentSpec.NAME.matcher(metadata.name()).matches()
                ? metadata.name()
                : FolderConvention.name(folder);
    if (!AgentSpec.NAME.matcher(name).matches()) {
      said.add(Problems.badName(name, given == null ? Place.of(definition) : given.place()));
    }
    return name;
  }

  private @Nullable Path folder(Path folder, @Nullable YamlScalar written) {
    if (written == null) {
      return folder;
    }
    Path home = LaunchReader.resolve(folder, written);
    if (home == null || !Files.isDirectory(home)) {
      said.add(
          Problems.noFile("folder", written.text(), LaunchReader.names(folder), written.place()));
      return null;
    }
    return home;
  }

  private List<Path> envFiles(Path folder, @Nullable YamlNode written) {
    List<YamlNode> items =
        written == null
            ? List.of()
            : written instanceof YamlList list ? list.items() : List.of(written);
    List<Path> files = new ArrayList<>();
    for (YamlNode item : items) {
      Path file =
          item instanceof YamlScalar text && !text.text().isBlank()
              ? LaunchReader.resolve(folder, text)
              : null;
      if (file == null) {
        said.add(Problems.badValue("env_file", "a path, or a list of paths", item.place()));
      } else {
        files.add(file);
      }
    }
    return files;
  }

  private Duration limited(String key, Duration value, YamlNode root) {
    if (value.compareTo(LONGEST) > 0) {
      said.add(Problems.badValue(key, "from 0 to 10m", AgentYaml.place(root, key)));
    }
    return value;
  }

  private Mode mode(YamlNode root, AgentYaml written) {
    if (written.singleton() && written.mode() == Mode.BLUE_GREEN) {
      Place place = AgentYaml.place(root, "singleton");
      said.add(
          Problems.either(
              "singleton: true", "mode: blue-green", place, AgentYaml.place(root, "mode")));
    }
    Mode otherwise = around.reload().mode() == null ? Mode.BLUE_GREEN : around.reload().mode();
    return written.mode() != null ? written.mode() : written.singleton() ? Mode.HOLD : otherwise;
  }

  private String signal(@Nullable YamlScalar written) {
    if (written == null) {
      return "HUP";
    }
    String upper = written.text().toUpperCase(Locale.ROOT);
    String signal = upper.startsWith("SIG") ? upper.substring(3) : upper;
    if (!SIGNALS.contains(signal)) {
      String all = String.join(", ", SIGNALS.stream().sorted().toList());
      said.add(Problems.badValue("signal", "one of " + all, written.place()));
    }
    return signal;
  }

  private AgentSpec.Precheck precheck(@Nullable YamlNode written) {
    if (written == null) {
      return checked(true, List.of());
    }
    if (written instanceof YamlScalar flag && flag.plain()) {
      if (flag.text().equalsIgnoreCase("false")) {
        return new AgentSpec.Precheck(false, List.of());
      } else if (flag.text().equalsIgnoreCase("true")) {
        return AgentSpec.Precheck.DEFAULT;
      }
    }
    return new AgentSpec.Precheck(true, CommandWords.of(written, said));
  }

  private AgentSpec.Precheck checked(boolean otherwise, List<String> command) {
    Boolean said = around.reload().precheck();
    return new AgentSpec.Precheck(said == null ? otherwise : said, command);
  }

  private @Nullable WatchWishes watch(Path folder, @Nullable YamlNode written) {
    return written == null
        ? WatchWishes.NONE
        : new MeshWatch(folder, around.workspace(), said).wishes(written);
  }

  private static AgentSpec.About about(AgentYaml written) {
    AgentYaml.Metadata metadata = written.metadata();
    return metadata == null
        ? new AgentSpec.About(null, null, written.description(), List.of())
        : new AgentSpec.About(
            metadata.name(),
            metadata.version(),
            first(metadata.description(), written.description()),
            metadata.tags());
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }
}
