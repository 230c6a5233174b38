package dev.pirn.cli;

import dev.pirn.registry.AgentQuery;
import dev.pirn.registry.AgentSort;
import dev.pirn.registry.AgentStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers on the agent registry of the workspace's running server.
final class ServerRegistry implements RegistryAnswers {
  private static final String AT = "/registry";

  private final Connection server;

  ServerRegistry(Connection server) {
    this.server = server;
  }

  @Override
  public JsonArray agents(AgentQuery query) {
    Map<String, String> parameters = new HashMap<>();
    put(parameters, "category", query.category());
    put(parameters, "environment", query.environment());
    AgentStatus status = query.status();
    put(parameters, "status", status == null ? null : status.word());
    put(parameters, "owner", query.owner());
    put(parameters, "deprecated", query.deprecated());
    if (!query.tags().isEmpty()) {
      put(parameters, "tags", String.join(",", query.tags()));
      put(parameters, "match", query.anyTag() ? "any" : "all");
    }
    put(parameters, "search", query.text().isEmpty() ? null : query.text());
    AgentSort sort = query.sort();
    put(parameters, "sort", sort == null ? null : sort.name().toLowerCase(Locale.ROOT));
    put(parameters, "order", query.descending() ? "desc" : null);
    if (query.pageSize() != Integer.MAX_VALUE) {
      put(parameters, "page", query.page());
      put(parameters, "page_size", query.pageSize());
    }
    return server.array(AT + "/agents" + ServerAnswers.query(parameters));
  }

  private static void put(Map<String, String> to, String name, @Nullable Object value) {
    ServerAnswers.put(to, name, value == null ? null : String.valueOf(value));
  }

  @Override
  public JsonObject agent(String id) {
    return server.object(at(id));
  }

  private static String at(String id) {
    return AT + "/agents/" + Connection.encode(id);
  }

  @Override
  public JsonObject statistics() {
    return server.object(AT + "/stats");
  }

  @Override
  public JsonObject status() {
    return server.object("/status").getJsonObject("registry");
  }

  @Override
  public JsonObject sync(Sync how) {
    JsonObject body = new JsonObject();
    if (how.says()) {
      body.put("add", how.add()).put("update", how.update()).put("remove", how.remove());
    }
    List<String> folders = how.folders();
    if (folders != null) {
      body.put("scanDirectories", new JsonArray(folders));
    }
    List<String> exclude = how.exclude();
    if (exclude != null) {
      body.put("exclude", new JsonArray(exclude));
    }
    return send("POST", AT + "/sync" + (how.dryRun() ? "?dry_run=true" : ""), body, null);
  }

  @Override
  public JsonObject register(String id, Map<String, Object> fields, @Nullable String ifMatch) {
    JsonObject agent = new JsonObject().put("id", id).mergeIn(new JsonObject(fields));
    return send("POST", AT + "/agents", agent, ifMatch);
  }

  @Override
  public JsonObject update(
      String id, Map<String, @Nullable Object> fields, @Nullable String ifMatch) {
    JsonObject agent = agent(id);
    // What nobody else may have changed since it was read.
    String digest = ifMatch == null ? agent.getString("digest") : ifMatch;
    fields.forEach((key, value) -> {
      if (value == null) {
        agent.remove(key);
      } else {
        agent.put(key, value);
      }
    });
    return send("PUT", at(id), agent, digest);
  }

  @Override
  public JsonObject remove(String id, @Nullable String ifMatch) {
    return send("DELETE", at(id), new JsonObject(), ifMatch);
  }

  @Override
  public JsonObject reload() {
    return send("POST", AT + "/reload", new JsonObject(), null);
  }

  @Override
  public JsonArray history() {
    return server.array(AT + "/history");
  }

  @Override
  public JsonObject rollback(long generation) {
    return send("POST", AT + "/rollback", new JsonObject().put("generation", generation), null);
  }

  private JsonObject send(String method, String path, JsonObject body, @Nullable String ifMatch) {
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
    if (ifMatch != null) {
      headers.put("If-Match", "\"" + ifMatch + "\"");
    }
    return server.send(method, path, headers, body.encode().getBytes(StandardCharsets.UTF_8));
  }
}
