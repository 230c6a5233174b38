package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets are planted, everything that can happen to them happens, and then all that the server
/// has said is searched for them.
class SettingsSecretsTest {
  private static final String AT = "/api/v1/settings";
  private static final List<String> SECRETS =
      List.of("wombat-4711", "quokka-4712", "numbat-4713", "bilby-4714", "dingo-4715");

  @TempDir private Path folder;

  /// Keeps what is logged.
  private static final class Log extends Handler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void publish(LogRecord entry) {
      lines.add(new SimpleFormatter().format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void noSecretIsInAnythingThatTheServerSays() {
    List<String> said = new ArrayList<>();
    Site site = Site.in(folder);
    site.write(
        ".env",
        """
        API_TOKEN=wombat-4711
        DB=postgres://me:quokka-4712@host/db
        GREETING="hello ${API_TOKEN}"
        SIZE=512
        """);
    site.write("map.yaml", "parameters: { token: { key: API_TOKEN, one-of: [dingo-4715] } }\n");
    site.write("winner.json", "{\"best\": {\"params\": {\"token\": \"bilby-4714\"}}}");
    Logger logger = Logger.getLogger("dev.pirn");
    Log log = new Log();
    logger.addHandler(log);
    logger.setLevel(Level.ALL);
    try (Server server = site.start()) {
      Http http = Http.of(server).token(server);
      Http json = http.with("Content-Type", "application/json");
      try (Http.Events events = http.events("")) {
        String value = new JsonObject().put("value", "numbat-4713").encode();
        said.add(json.send("PUT", AT + "/API_TOKEN", value).body());
        said.add(json.send("PUT", AT + "/API TOKEN", value).body());
        said.add(json.with("If-Match", "\"old\"").send("PUT", AT + "/API_TOKEN", value).body());
        JsonObject winner = new JsonObject().put("winner", "winner.json").put("map", "map.yaml");
        Http.Response applied = http.post(AT + "/apply", winner);
        assertThat(applied.json().getString("status")).isEqualTo("blocked");
        said.add(applied.body());
        said.add(json.send("PUT", AT + "/A", "{\"value\": numbat-4713}").body());
        said.add(json.send("PUT", AT + "/A", "{\"numbat\": [\"numbat-4713\"]}").body());
        site.write(".env", "API_TOKEN=wombat-4711\nAPI_KEY=\"bilby-4714\nbilby-4714 no quote\n");
        said.add(events.await("settings.rejected").encode());
        said.add(http.post(AT + "/reload").body());
        said.add(http.get("/api/v1/status").body());
        site.write(
            ".env", "API_TOKEN=wombat-4711\nAPI_TOKEN=wombat-4711\nPW_PASSWORD=dingo-4715\n");
        said.add(http.post(AT + "/reload").body());
        said.add(http.send("DELETE", AT + "/PW_PASSWORD", "").body());
        said.add(http.post(AT + "/rollback", new JsonObject().put("generation", 1)).body());
        site.config("settings: { secrets: [SIZE] }");
        said.add(events.await("config.changed").encode());
      }
      for (String path :
          List.of(
              AT,
              AT + "/API_TOKEN",
              AT + "/history",
              "/api/v1/status",
              "/api/v1/events?follow=false&since=0",
              "/api/v1/watches",
              "/metrics")) {
        said.add(http.get(path).body());
      }
    } finally {
      logger.removeHandler(log);
      logger.setLevel(null);
    }
    said.addAll(log.lines);

    assertThat(said).hasSizeGreaterThan(18);
    assertThat(String.join("\n", said)).contains("***").contains("settings.changed");
    for (String secret : SECRETS) {
      assertThat(said).noneMatch(text -> text.contains(secret));
    }
  }
}
