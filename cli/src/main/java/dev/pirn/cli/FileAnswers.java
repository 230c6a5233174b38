package dev.pirn.cli;

import dev.pirn.live.Decoded;
import dev.pirn.patterns.FormattedPattern;
import dev.pirn.patterns.LoadedPattern;
import dev.pirn.patterns.PatternFilter;
import dev.pirn.patterns.PatternFormat;
import dev.pirn.patterns.Patterns;
import dev.pirn.patterns.Recommendation;
import dev.pirn.patterns.WrittenPattern;
import dev.pirn.server.RegistryViews;
import dev.pirn.server.Views;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers from the files of a workspace for which no server runs.
final class FileAnswers implements Answers {
  private final Workspace workspace;
  private final Map<String, String> environment;
  private final Views views;
  private @Nullable Patterns opened;
  private @Nullable FileSettings openedSettings;
  private @Nullable FileRegistry openedRegistry;
  private @Nullable FileAgents lookedAgents;

  FileAnswers(Workspace workspace, Map<String, String> environment) {
    this.workspace = workspace;
    this.environment = environment;
    this.views = Views.of(workspace);
  }

  private WorkspaceConfig read() {
    Decoded<WorkspaceConfig> config = workspace.readConfig();
    WorkspaceConfig value = config.value();
    if (value == null) {
      throw new Failure(config.diagnostics());
    }
    return value;
  }

  private Patterns patterns() {
    Patterns patterns = opened;
    if (patterns == null) {
      // A broken file is a diagnostic here, also where a server would refuse to start with it.
      patterns = Patterns.open(workspace.patternOptions(read()).strict(false));
      opened = patterns;
    }
    return patterns;
  }

  private Set<Path> quarantined() {
    return patterns().live().quarantined().keySet();
  }

  private LoadedPattern loaded(String name) {
    return patterns()
        .library()
        .get(name)
        .orElseThrow(() -> new Failure(patterns().library().notFound(name)));
  }

  private Failure noServer() {
    return new Failure(Problems.noServer(workspace.root()));
  }

  @Override
  public JsonObject status() {
    Decoded<WorkspaceConfig> config = workspace.readConfig();
    JsonObject status =
        new JsonObject()
            .put("state", "stopped")
            .put("url", null)
            .put("pid", null)
            .put("version", Version.text())
            .put("workspace", workspace.root().toString())
            .put(
                "config",
                new JsonObject()
                    .put("file", workspace.show(workspace.configFile()))
                    .put("configured", workspace.configured())
                    .put("needsRestart", new JsonArray())
                    .put("diagnostics", views.diagnostics(config.diagnostics())));
    return config.value() == null
        ? status
        : status
            .put("patterns", patternsStatus())
            .put("registry", registry().status())
            .put("settings", settings().status())
            .put("agents", agents().status());
  }

  @Override
  public JsonArray patterns(Filter filter) {
    return views.summaries(
        patterns()
            .list(
                PatternFilter.ALL
                    .category(filter.category())
                    .backendType(filter.backendType())
                    .difficulty(filter.difficulty())));
  }

  @Override
  public JsonObject pattern(String name) {
    return views.pattern(loaded(name), quarantined());
  }

  @Override
  public JsonArray search(String query, int limit) {
    return views.hits(patterns().search(query).stream().limit(limit).toList(), quarantined());
  }

  @Override
  public JsonArray recommend(String message, @Nullable String intent, int limit) {
    return views.recommendations(
        patterns().recommend(message, intent).stream().limit(limit).toList(), quarantined());
  }

  @Override
  public JsonObject format(String name, int budget) {
    return views.formatted(name, budget, PatternFormat.format(loaded(name).pattern(), budget));
  }

  @Override
  public JsonObject patternsStatus() {
    return views.patterns(patterns());
  }

  @Override
  public JsonObject reload(@Nullable String name) {
    throw noServer();
  }

  @Override
  public JsonObject create(NewPattern pattern) {
    Decoded<WrittenPattern> written =
        patterns()
            .write(
                pattern.name(), pattern.folder(), pattern.content().getBytes(), pattern.replaces());
    WrittenPattern value = written.value();
    if (value == null) {
      throw new Failure(written.diagnostics());
    }
    return views.written(
        value, written.diagnostics().stream().filter(it -> !it.isError()).toList());
  }

  @Override
  public JsonArray history() {
    throw noServer();
  }

  @Override
  public JsonObject rollback(long generation) {
    throw noServer();
  }

  @Override
  public FileSettings settings() {
    FileSettings settings = openedSettings;
    if (settings == null) {
      settings = new FileSettings(workspace, read());
      openedSettings = settings;
    }
    return settings;
  }

  @Override
  public RegistryAnswers registry() {
    FileRegistry registry = openedRegistry;
    if (registry == null) {
      registry = new FileRegistry(workspace, read());
      openedRegistry = registry;
    }
    return registry;
  }

  @Override
  public FileAgents agents() {
    FileAgents agents = lookedAgents;
    if (agents == null) {
      agents = new FileAgents(workspace, read(), environment);
      lookedAgents = agents;
    }
    return agents;
  }

  @Override
  public JsonObject query(String agent, String text, @Nullable String intent, int budget) {
    JsonObject found = registry().agent(agent);
    found.remove("digest");
    Recommendation best = patterns().recommend(text, intent).stream().findFirst().orElse(null);
    FormattedPattern formatted =
        best == null ? null : PatternFormat.format(best.pattern().pattern(), budget);
    return RegistryViews.query(found, text, best, quarantined(), views, budget, formatted);
  }

  @Override
  public JsonArray watches() {
    throw noServer();
  }

  @Override
  public JsonObject explain(String file) {
    return agents().explain(Path.of(file));
  }

  @Override
  public JsonObject config() {
    return views.config(read());
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
    }
    if (openedSettings != null) {
      openedSettings.close();
    }
    if (openedRegistry != null) {
      openedRegistry.close();
    }
  }
}
