package dev.pirn.cli;

import dev.pirn.live.Decoded;
import dev.pirn.live.Snapshot;
import dev.pirn.registry.Agent;
import dev.pirn.registry.AgentPage;
import dev.pirn.registry.AgentQuery;
import dev.pirn.registry.AgentRegistry;
import dev.pirn.registry.Registry;
import dev.pirn.registry.SyncOptions;
import dev.pirn.registry.WrittenAgents;
import dev.pirn.server.RegistryViews;
import dev.pirn.server.Views;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers on the agent registry's file, for which no server runs.
final class FileRegistry implements RegistryAnswers, AutoCloseable {
  private final Workspace workspace;
  private final Registry registry;
  private final RegistryViews views;

  FileRegistry(Workspace workspace, WorkspaceConfig config) {
    this.workspace = workspace;
    this.registry = Registry.open(workspace.registryOptions(config));
    this.views = RegistryViews.of(Views.of(workspace));
  }

  @Override
  public JsonArray agents(AgentQuery query) {
    AgentRegistry agents = registry.agents();
    Decoded<AgentPage> listed = agents.list(query);
    AgentPage page = listed.value();
    if (page == null) {
      throw new Failure(listed.diagnostics());
    }
    return views.agents(page.agents(), agents);
  }

  @Override
  public JsonObject agent(String id) {
    Snapshot<AgentRegistry> now = registry.live().snapshot();
    Agent agent = now.value().get(id).orElseThrow(() -> new Failure(now.value().notFound(id)));
    return views.agent(agent, now.value(), now.digest());
  }

  @Override
  public JsonObject statistics() {
    return views.statistics(registry.statistics());
  }

  @Override
  public JsonObject status() {
    return views.status(registry);
  }

  @Override
  public JsonObject sync(Sync how) {
    SyncOptions options = SyncOptions.of(registry.agents().config().autoSync());
    options = how.says() ? options.apply(how.add(), how.update(), how.remove()) : options;
    options = how.folders() == null ? options : options.scan(how.folders());
    options = how.exclude() == null ? options : options.exclude(how.exclude());
    options = how.dryRun() ? options.dryRun(true) : options;
    return views.sync(registry.sync(options));
  }

  @Override
  public JsonObject register(String id, Map<String, Object> fields, @Nullable String ifMatch) {
    return written(registry.register(id, fields, ifMatch));
  }

  @Override
  public JsonObject update(
      String id, Map<String, @Nullable Object> fields, @Nullable String ifMatch) {
    return written(registry.update(id, fields, ifMatch));
  }

  @Override
  public JsonObject remove(String id, @Nullable String ifMatch) {
    return written(registry.remove(id, ifMatch));
  }

  private JsonObject written(Decoded<WrittenAgents> decoded) {
    WrittenAgents written = decoded.value();
    if (written == null) {
      throw new Failure(decoded.diagnostics());
    }
    return views.written(written, decoded.diagnostics());
  }

  @Override
  public JsonObject reload() {
    throw noServer();
  }

  @Override
  public JsonArray history() {
    throw noServer();
  }

  @Override
  public JsonObject rollback(long generation) {
    throw noServer();
  }

  private Failure noServer() {
    return new Failure(Problems.noServer(workspace.root()));
  }

  @Override
  public void close() {
    registry.close();
  }
}
