package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
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

  private static void follow(Vertx vertx, Server server, List<String> said) throws Exception {
    URI url = URI.create(server.url());
    ClientWebSocket socket = vertx.createWebSocketClient().webSocket();
    socket.textMessageHandler(text -> said.add("ws " + text));
    socket
        .connect(url.getPort(), url.getHost(), "/api/v1/ws/events?since=0")
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  @Test
  void noSecretIsInAnythingThatTheServerSays() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
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
      Vertx vertx = Vertx.vertx();
      try (Http.Events events = http.events("")) {
        follow(vertx, server, said);
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
        site.write("map.yaml", "parameters: { token: { key: API_TOKEN, one-of: dingo-4715 } }\n");
        applied = http.post(AT + "/apply", winner);
        assertThat(applied.json().getString("status")).isEqualTo("failed");
        said.add(applied.body());
        site.write("map.yaml", "parameters: { token: { key: API_TOKEN } }\n");
        said.add(http.post(AT + "/apply", winner).body());
        assertThat(Files.readString(folder.resolve(".env"))).contains("API_TOKEN=bilby-4714");
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
        Awaitility.await().until(() -> said.stream().anyMatch(it -> it.startsWith("ws {")));
        int told = http.get("/api/v1/events?follow=false&since=0").array().size();
        Awaitility.await()
            .until(() -> said.stream().filter(it -> it.startsWith("ws {")).count() > told);
        said.add(events.take(told).toString());
      } finally {
        vertx.close().toCompletionStage().toCompletableFuture().get();
      }
      for (String path :
          List.of(
              AT,
              AT + "/API_TOKEN",
              AT + "/history",
              "/api/v1/status",
              "/api/v1/events?follow=false&since=0",
              "/api/v1/watches",
              "/api/v1/watches/explain?path=.env",
              "/api/v1/config",
              "/api/v1/config/history",
              "/api/v1/patterns",
              AT + "/NO_SUCH_KEY",
              "/",
              "/metrics")) {
        said.add(http.get(path).body());
      }
      try (Stream<Path> files = Files.walk(folder.resolve(".pirn"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          said.add(Files.readString(file));
        }
      }
      assertThat(said).anyMatch(it -> it.contains("\"promotion_id\""));
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
