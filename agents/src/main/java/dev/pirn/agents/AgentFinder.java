package dev.pirn.agents;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds agents on the disk: by their `agent.yaml`, or by convention.
///
/// It only looks, starts nothing and remembers nothing: the same files give the same agents.
///
/// Safe for use by several threads.
public final class AgentFinder {
  private static final int MOST_PROBLEMS = 100;

  private final Path workspace;
  private final Map<String, String> environment;

  private AgentFinder(Path workspace, Map<String, String> environment) {
    this.workspace = workspace;
    this.environment = Map.copyOf(environment);
  }

  /// A finder for a workspace.
  ///
  /// @param workspace its folder
  /// @param environment the variables that agents get, and that say where interpreters are
  public static AgentFinder of(Path workspace, Map<String, String> environment) {
    return new AgentFinder(real(workspace), environment);
  }

  /// What was found.
  ///
  /// @param agents by name, in the order of their paths
  /// @param broken folders and files of agents that could not be read, which are there all the same
  /// @param complete whether all that was to be looked at could be; if not, an agent that was not
  ///   found need not be gone
  /// @param diagnostics what is to be said, errors for agents that are not among them
  public record Found(
      List<AgentSpec> agents, List<Path> broken, boolean complete, List<Diagnostic> diagnostics) {
    public Found {
      agents = List.copyOf(agents);
      broken = List.copyOf(broken);
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /// Finds all agents in folders of agents. What is no agent there is left alone.
  public Found in(List<Path> folders) {
    return find(folders, List.of());
  }

  /// Finds agents by paths that somebody named: an agent's folder or file, or a folder of agents.
  /// What is no agent is an error.
  public Found named(List<Path> paths) {
    return find(List.of(), paths);
  }

  /// Finds both.
  public Found find(List<Path> folders, List<Path> named) {
    Look look = new Look();
    folders.forEach(folder -> look.folder(real(folder)));
    named.forEach(path -> look.named(real(path)));
    return look.found();
  }

  /// Absolute, and without symbolic links if it exists.
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /// One run.
  private final class Look {
    private final List<Diagnostic> said;
    private final AgentReader.Surroundings around;
    private final Map<String, AgentReader.Read> agents = new LinkedHashMap<>();
    private final List<Path> broken = new ArrayList<>();
    private boolean complete = true;

    Look() {
      ReloadEnvironment reload = ReloadEnvironment.of(environment);
      this.said = new ArrayList<>(reload.diagnostics());
      Interpreters interpreters = new Interpreters(environment, workspace);
      this.around = new AgentReader.Surroundings(workspace, environment, reload, interpreters);
    }

    /// @return how many candidates there were
    int folder(Path folder) {
      List<Path> children = List.of();
      try (Stream<Path> list = Files.list(folder)) {
        children =
            list.filter(it -> !FolderConvention.ignored(FolderConvention.name(it)))
                .sorted()
                .toList();
      } catch (IOException e) {
        complete = false;
        said.add(
            Files.exists(folder)
                ? Problems.notReadable(folder, Problems.reason(e))
                : Problems.noFolder(folder));
      }
      int candidates = 0;
      for (Path child : children) {
        boolean single = !Files.isDirectory(child);
        boolean taken = single ? FolderConvention.isAgent(child) && file(child) : agent(child);
        candidates += taken ? 1 : 0;
      }
      return candidates;
    }

    void named(Path path) {
      if (Files.isDirectory(path)) {
        if (!agent(path) && folder(path) == 0) {
          said.add(Problems.noAgent(path, true));
        }
      } else if (!Files.exists(path)) {
        complete = false;
        said.add(Problems.noFolder(path));
      } else if (FolderConvention.name(path).equals(FolderConvention.DEFINITION)) {
        agent(Objects.requireNonNull(path.getParent()));
      } else if (Language.of(FolderConvention.name(path)) != Language.OTHER
          || Files.isExecutable(path)) {
        file(path);
      } else {
        said.add(Problems.noAgent(path, false));
      }
    }

    private boolean file(Path file) {
      add(file, new AgentReader(around).read(file, file));
      return true;
    }

    /// @return whether the folder is an agent, broken or not
    private boolean agent(Path folder) {
      Path definition = folder.resolve(FolderConvention.DEFINITION);
      try {
        if (Files.isRegularFile(definition)) {
          Content content = new Content(definition, Files.readAllBytes(definition));
          add(folder, new AgentReader(around).read(content));
          return true;
        }
        Path entry = FolderConvention.entry(folder);
        if (entry == null) {
          return false;
        }
        add(folder, new AgentReader(around).read(folder, entry));
      } catch (IOException e) {
        complete = false;
        broken.add(folder);
        said.add(Problems.notReadable(folder, Problems.reason(e)));
      }
      return true;
    }

    private void add(Path path, Decoded<AgentReader.Read> read) {
      said.addAll(read.diagnostics());
      AgentReader.Read agent = read.value();
      if (agent == null) {
        broken.add(path);
        return;
      }
      AgentReader.Read before = agents.putIfAbsent(agent.agent().name(), agent);
      if (before != null && !before.agent().folder().equals(path)) {
        said.add(Problems.twoAgents(agent.agent().name(), path, before.agent().folder()));
      }
    }

    Found found() {
      List<AgentSpec> ordered = new ArrayList<>();
      for (AgentReader.Read read : agents.values()) {
        ordered.add(depending(read));
      }
      return new Found(ordered, broken, complete, bounded(said));
    }

    /// Without the dependencies that cannot be.
    private AgentSpec depending(AgentReader.Read read) {
      AgentSpec agent = read.agent();
      List<String> good = new ArrayList<>(agent.dependsOn());
      for (YamlScalar wanted : read.dependsOn()) {
        String name = wanted.text();
        List<String> way = agents.containsKey(name) ? way(name, agent.name()) : List.of();
        if (!agents.containsKey(name)) {
          good.remove(name);
          // One that is there and broken is told of already.
          if (broken.stream().noneMatch(it -> FolderConvention.name(it).equals(name))) {
            Collection<String> names = agents.keySet();
            said.add(Problems.unknownAgent(agent.name(), name, wanted.place(), names));
          }
        } else if (!way.isEmpty() && first(way).equals(agent.name()) && good.remove(name)) {
          List<String> circle = new ArrayList<>(List.of(agent.name()));
          circle.addAll(way);
          said.add(Problems.cycle(circle, wanted.place()));
        }
      }
      return agent.dependsOn(good);
    }

    /// The least name of a circle, so that each is opened, and told of, at one agent.
    private static String first(List<String> circle) {
      return circle.stream().sorted().findFirst().orElseThrow();
    }

    /// The agents from one to another along their dependencies; empty if there is no way.
    private List<String> way(String from, String to) {
      Map<String, String> before = new LinkedHashMap<>(Map.of(from, from));
      List<String> open = new ArrayList<>(List.of(from));
      while (!open.isEmpty()) {
        String at = open.removeFirst();
        if (at.equals(to)) {
          return walked(before, from, to);
        }
        AgentReader.Read read = agents.get(at);
        for (String next : read == null ? List.<String>of() : read.agent().dependsOn()) {
          if (before.putIfAbsent(next, at) == null) {
            open.add(next);
          }
        }
      }
      return List.of();
    }

    private static List<String> walked(Map<String, String> before, String from, String to) {
      List<String> way = new ArrayList<>(List.of(to));
      for (@Nullable String at = to; at != null && !at.equals(from); ) {
        at = before.get(at);
        way.addFirst(Objects.requireNonNull(at));
      }
      return way;
    }
  }

  static List<Diagnostic> bounded(List<Diagnostic> said) {
    List<Diagnostic> sorted = said.stream().distinct().sorted(Diagnostic.BY_PLACE).toList();
    if (sorted.size() <= MOST_PROBLEMS) {
      return sorted;
    }
    List<Diagnostic> first = new ArrayList<>(sorted.subList(0, MOST_PROBLEMS));
    List<Diagnostic> left = sorted.subList(MOST_PROBLEMS, sorted.size());
    first.add(Problems.more(left.size(), Diagnostic.anyError(left)));
    return first;
  }

  /// Where a finder looks for `.meshwatch` files, at most.
  public Path workspace() {
    return workspace;
  }

  /// The rules by which changes concern each of some agents. Where a `.meshwatch` is broken there
  /// are errors, and rules as if it were not there.
  public Decoded<List<WatchRules>> rules(List<AgentSpec> agents) {
    ReloadEnvironment reload = ReloadEnvironment.of(environment);
    List<Diagnostic> said = new ArrayList<>();
    List<WatchRules> rules = new ArrayList<>();
    for (AgentSpec agent : agents) {
      Decoded<WatchRules> made = WatchRules.of(agent, agents, workspace, reload);
      said.addAll(made.diagnostics());
      rules.add(Objects.requireNonNull(made.value()));
    }
    return Decoded.partly(rules, bounded(said));
  }
}
