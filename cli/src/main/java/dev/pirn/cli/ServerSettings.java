package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Settings of the workspace's running server.
///
/// @param server the server
record ServerSettings(Connection server) implements SettingsAnswers {
  private static final String AT = "/settings";
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final byte[] NOTHING = new byte[0];

  @Override
  public JsonArray list() {
    return server.array(AT);
  }

  @Override
  public JsonObject get(String key) {
    return server.object(at(key));
  }

  @Override
  public JsonObject set(String key, String value, @Nullable String replaces) {
    Map<String, String> headers = ifMatch(replaces);
    headers.putAll(JSON);
    return server.send("PUT", at(key), headers, bytes(new JsonObject().put("value", value)));
  }

  @Override
  public JsonObject unset(String key, @Nullable String replaces) {
    return server.send("DELETE", at(key), ifMatch(replaces), NOTHING);
  }

  @Override
  public JsonObject apply(Path winner, Path map) {
    JsonObject body = new JsonObject().put("winner", winner.toString()).put("map", map.toString());
    return server.send("POST", AT + "/apply", JSON, bytes(body));
  }

  @Override
  public JsonArray diagnostics() {
    return server.object("/status").getJsonObject("settings").getJsonArray("diagnostics");
  }

  @Override
  public JsonArray history() {
    return server.array(AT + "/history");
  }

  @Override
  public JsonObject rollback(long generation) {
    byte[] body = bytes(new JsonObject().put("generation", generation));
    return server.send("POST", AT + "/rollback", JSON, body);
  }

  @Override
  public JsonObject reload() {
    return server.send("POST", AT + "/reload", Map.of(), NOTHING);
  }

  private static String at(String key) {
    return AT + "/" + Connection.encode(key);
  }

  private static Map<String, String> ifMatch(@Nullable String digest) {
    Map<String, String> headers = new HashMap<>();
    if (digest != null) {
      headers.put("If-Match", "\"" + digest + "\"");
    }
    return headers;
  }

  private static byte[] bytes(JsonObject json) {
    return json.encode().getBytes(StandardCharsets.UTF_8);
  }
}
