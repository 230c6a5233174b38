package dev.pirn.cli;

import dev.pirn.agents.AgentFinder;
import dev.pirn.agents.AgentPhase;
import dev.pirn.agents.AgentSpec;
import dev.pirn.agents.AgentState;
import dev.pirn.agents.Agents;
import dev.pirn.agents.Explanation;
import dev.pirn.agents.SwapTimings;
import dev.pirn.agents.WatchRules;
import dev.pirn.live.Diagnostic;
import dev.pirn.server.AgentViews;
import dev.pirn.server.Views;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Agents from the files of a workspace for which no server runs: what they are, and what they have
/// printed before.
final class FileAgents implements AgentAnswers {
  private final Workspace workspace;
  private final boolean enabled;
  private final Views views;
  private final AgentFinder finder;
  private final AgentFinder.Found found;

  FileAgents(Workspace workspace, WorkspaceConfig config, Map<String, String> environment) {
    this.workspace = workspace;
    this.enabled = config.agents().enabled();
    this.views = Views.of(workspace);
    this.finder = AgentFinder.of(workspace.root(), environment);
    // As the server does: no agents are no mistake.
    List<Path> folders =
        config.agents().dirs().stream()
            .map(workspace::resolve)
            .filter(folder -> Files.isDirectory(folder))
            .toList();
    this.found = finder.in(folders);
  }

  AgentFinder finder() {
    return finder;
  }

  /// What was found in the workspace's folders of agents.
  AgentFinder.Found found() {
    return found;
  }

  @Override
  public JsonArray list() {
    return json(found.agents());
  }

  /// Agents as a server would list them, had it found them and started nothing.
  static JsonArray json(Workspace workspace, List<AgentSpec> agents) {
    JsonArray array = new JsonArray();
    agents.stream()
        .sorted(Comparator.comparing(AgentSpec::name))
        .forEach(spec -> array.add(entry(workspace, spec)));
    return array;
  }

  private JsonArray json(List<AgentSpec> agents) {
    return json(workspace, agents);
  }

  private static JsonObject entry(Workspace workspace, AgentSpec spec) {
    AgentState state =
        new AgentState(
            spec,
            AgentPhase.STOPPED,
            Instant.EPOCH,
            null,
            0,
            0,
            0,
            0,
            SwapTimings.NONE,
            null,
            null,
            AgentState.Traffic.NONE);
    JsonObject process = new AgentViews(Views.of(workspace)).process(state);
    // Nobody has stopped it at any time.
    process.put("phase", AgentText.NOT_RUNNING).put("since", null);
    return new JsonObject().put("id", spec.name()).put("process", process);
  }

  @Override
  public JsonObject get(String name) {
    return entry(workspace, spec(name));
  }

  /// What an agent is.
  AgentSpec spec(String name) {
    return found.agents().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(() -> notFound(name, names()));
  }

  private List<String> names() {
    return found.agents().stream().map(AgentSpec::name).toList();
  }

  private static Failure notFound(String name, List<String> names) {
    return new Failure(Agents.notFound(name, names));
  }

  @Override
  public JsonObject act(String name, String action) {
    spec(name);
    throw noServer();
  }

  @Override
  public JsonObject add(List<Path> paths) {
    throw noServer();
  }

  private Failure noServer() {
    return new Failure(Problems.noServer(workspace.root()));
  }

  @Override
  public JsonArray lines(List<String> names, int most) {
    AgentLogFiles logs = new AgentLogFiles(workspace.stateFolder().resolve("agents/logs"));
    Set<String> known = new LinkedHashSet<>(logs.agents());
    known.addAll(names());
    List<String> unknown = names.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw notFound(unknown.getFirst(), List.copyOf(known));
    }
    Stream<String> wanted = names.isEmpty() ? known.stream() : names.stream().distinct();
    List<JsonObject> lines = new ArrayList<>();
    wanted.forEach(name -> lines.addAll(logs.last(name, most)));
    lines.sort(Comparator.comparing(line -> line.getInstant("time")));
    return new JsonArray(lines);
  }

  /// What a change of a file would do to agents; whether anything else watches it only a server
  /// knows.
  JsonObject explain(Path file) {
    List<WatchRules> rules =
        Objects.requireNonNullElse(finder.rules(found.agents()).value(), List.of());
    JsonArray agents = new AgentViews(views).verdicts(Explanation.of(file, rules));
    return new JsonObject()
        .put("path", workspace.show(file))
        .put("exists", Files.exists(file))
        .put("agents", agents);
  }

  @Override
  public JsonArray diagnostics() {
    return views.diagnostics(problems());
  }

  /// How they stand, as in a server's status.
  JsonObject status() {
    JsonArray rows = new JsonArray();
    found
        .agents()
        .forEach(spec ->
            rows.add(
                new JsonObject().put("name", spec.name()).put("phase", AgentText.NOT_RUNNING)));
    return new JsonObject()
        .put("enabled", enabled)
        .put("count", rows.size())
        .put("agents", rows)
        .put("diagnostics", enabled ? diagnostics() : new JsonArray());
  }

  /// What is wrong with what agents are said to be, and with what is to be watched for them.
  List<Diagnostic> problems() {
    List<Diagnostic> said = new ArrayList<>(found.diagnostics());
    finder.rules(found.agents()).diagnostics().stream()
        .filter(it -> !said.contains(it))
        .forEach(said::add);
    return said;
  }
}
