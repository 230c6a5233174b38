package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers of the workspace's running server.
final class ServerAnswers implements Answers {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final Connection server;

  ServerAnswers(Connection server) {
    this.server = server;
  }

  @Override
  public JsonObject status() {
    return server.object("/status");
  }

  @Override
  public JsonArray patterns(Filter filter) {
    Map<String, String> query = new HashMap<>();
    put(query, "category", filter.category());
    put(query, "backend", filter.backendType());
    put(query, "difficulty", filter.difficulty());
    return server.array("/patterns" + query(query));
  }

  @Override
  public JsonObject pattern(String name) {
    return server.object("/patterns/" + Connection.encode(name));
  }

  @Override
  public JsonArray search(String query, int limit) {
    return first(server.array("/patterns/search" + query(Map.of("q", query))), limit);
  }

  @Override
  public JsonArray recommend(String message, @Nullable String intent, int limit) {
    Map<String, String> query = new HashMap<>();
    put(query, "message", message);
    put(query, "intent", intent);
    return first(server.array("/patterns/recommend" + query(query)), limit);
  }

  private static JsonArray first(JsonArray all, int limit) {
    return new JsonArray(all.stream().limit(limit).toList());
  }

  @Override
  public JsonObject format(String name, int budget) {
    return server.object(
        "/patterns/"
            + Connection.encode(name)
            + "/format"
            + query(Map.of("budget", String.valueOf(budget))));
  }

  @Override
  public JsonObject patternsStatus() {
    return status().getJsonObject("patterns");
  }

  @Override
  public JsonObject reload(@Nullable String name) {
    String path = name == null ? "" : "/" + Connection.encode(name);
    return server.send("POST", "/patterns" + path + "/reload", Map.of(), new byte[0]);
  }

  @Override
  public JsonObject create(NewPattern pattern) {
    Map<String, String> query = new HashMap<>();
    put(query, "name", pattern.name());
    put(query, "folder", pattern.folder());
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/yaml"));
    if (pattern.replaces() != null) {
      headers.put("If-Match", "\"" + pattern.replaces() + "\"");
    }
    return server.send("POST", "/patterns" + query(query), headers, pattern.content().getBytes());
  }

  @Override
  public JsonArray history() {
    return server.array("/patterns/history");
  }

  @Override
  public JsonObject rollback(long generation) {
    byte[] body =
        new JsonObject().put("generation", generation).encode().getBytes(StandardCharsets.UTF_8);
    return server.send("POST", "/patterns/rollback", JSON, body);
  }

  @Override
  public SettingsAnswers settings() {
    return new ServerSettings(server);
  }

  @Override
  public RegistryAnswers registry() {
    return new ServerRegistry(server);
  }

  @Override
  public AgentAnswers agents() {
    return new ServerAgents(server);
  }

  @Override
  public JsonObject query(String agent, String text, @Nullable String intent, int budget) {
    Map<String, String> query = new HashMap<>();
    put(query, "agent", agent);
    put(query, "text", text);
    put(query, "intent", intent);
    put(query, "budget", String.valueOf(budget));
    return server.object("/query" + query(query));
  }

  @Override
  public JsonArray watches() {
    return server.array("/watches");
  }

  @Override
  public JsonObject explain(String file) {
    return server.object("/watches/explain" + query(Map.of("path", file)));
  }

  @Override
  public JsonObject config() {
    return server.object("/config");
  }

  @Override
  public void close() {
    // Every answer closed its own connection.
  }

  static void put(Map<String, String> query, String name, @Nullable String value) {
    if (value != null) {
      query.put(name, value);
    }
  }

  /// The parameters as the end of a path.
  static String query(Map<String, String> parameters) {
    List<String> parts = new ArrayList<>();
    parameters.forEach((name, value) -> parts.add(name + "=" + Connection.encode(value)));
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }
}
