package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsRoutesTest {
  private static final String AT = "/api/v1/settings";

  @TempDir private Path folder;
  private Site site;
  private Server server;
  private Http http;

  @BeforeEach
  void start() {
    site = Site.in(folder);
    site.write(".env", "# rag\nKLR_RAG_CHUNK_SIZE=512  # tokens\nAPI_TOKEN=hush-hush\n");
    server = site.start();
    http = Http.of(server).token(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Http.Response put(String key, String value) {
    return put(http, key, value);
  }

  private static Http.Response put(Http http, String key, String value) {
    return http.with("Content-Type", "application/json")
        .send("PUT", AT + "/" + key, new JsonObject().put("value", value).encode());
  }

  private List<JsonObject> events(String type) {
    return http.get("/api/v1/events?follow=false&since=0&type=" + type).array().stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  @Test
  void aListingHasEveryKeyOfTheFilesWithItsOriginAndNoSecret() {
    assertThat(http.get(AT).array())
        .isEqualTo(
            new JsonArray()
                .add(setting("API_TOKEN", "***", true, ".env:3"))
                .add(setting("KLR_RAG_CHUNK_SIZE", "512", false, ".env:2")));
    assertThat(http.get(AT + "/KLR_RAG_CHUNK_SIZE").json())
        .isEqualTo(setting("KLR_RAG_CHUNK_SIZE", "512", false, ".env:2"));
  }

  private static JsonObject setting(String key, String value, boolean secret, String origin) {
    return new JsonObject()
        .put("key", key)
        .put("value", value)
        .put("secret", secret)
        .put("origin", origin);
  }

  @Test
  void aKeyThatNoFileSetsIsNotThereAlsoIfTheEnvironmentHasIt() {
    Http.Response near = http.get(AT + "/KLR_RAG_CHUNK_SIZ");
    assertThat(near.status()).isEqualTo(404);
    assertThat(near.json().getString("code")).isEqualTo("PIRN-E030");
    assertThat(near.json().getString("help")).isEqualTo("did you mean \"KLR_RAG_CHUNK_SIZE\"?");
    Http.Response inherited = http.get(AT + "/PATH");
    assertThat(inherited.status()).isEqualTo(404);
    assertThat(inherited.json().getString("detail"))
        .isEqualTo("PATH is set by the environment, not by a file");
  }

  @Test
  void whatIsPutIsInForceInTheFileAndInTheLogWhenTheAnswerComes() throws Exception {
    Http.Response answer = put("KLR_RAG_CHUNK_SIZE", "768");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getBoolean("inForce")).isTrue();
    assertThat(answer.json().getJsonArray("changes"))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("key", "KLR_RAG_CHUNK_SIZE")
                        .put("kind", "changed")
                        .put("old", "512")
                        .put("new", "768")));
    assertThat(http.get(AT + "/KLR_RAG_CHUNK_SIZE").json().getString("value")).isEqualTo("768");
    List<JsonObject> events = events("settings.changed");
    assertThat(events).hasSize(1);
    JsonObject event = events.getFirst();
    assertThat(event.getString("source")).isEqualTo("settings");
    assertThat(event.getLong("generation")).isEqualTo(answer.json().getLong("generation"));
    // Who looks first, the one that has written or the watch.
    assertThat(event.getString("trigger")).isIn("reload", "change");
    assertThat(event.getString("file")).isEqualTo(".env");
    assertThat(event.getJsonArray("changed"))
        .isEqualTo(new JsonArray(List.of("KLR_RAG_CHUNK_SIZE")));
    assertThat(event.getJsonArray("changes")).isEqualTo(answer.json().getJsonArray("changes"));
    assertThat(Files.readString(folder.resolve(".env")))
        .isEqualTo("# rag\nKLR_RAG_CHUNK_SIZE=768  # tokens\nAPI_TOKEN=hush-hush\n");
  }

  @Test
  void whatIsDeletedIsGoneWhenTheAnswerComes() {
    Http.Response answer = http.send("DELETE", AT + "/KLR_RAG_CHUNK_SIZE", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(http.get(AT + "/KLR_RAG_CHUNK_SIZE").status()).isEqualTo(404);
    assertThat(events("settings.changed").getFirst().getJsonArray("changes").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("key", "KLR_RAG_CHUNK_SIZE")
                .put("kind", "removed")
                .put("old", "512")
                .put("new", null));
    Http.Response again = http.send("DELETE", AT + "/KLR_RAG_CHUNK_SIZE", "");
    assertThat(again.status()).isEqualTo(404);
  }

  @Test
  void aChangeOfWhatSomebodyElseHasChangedIsRefused() {
    String etag = http.get(AT).header("ETag");
    assertThat(put(http.with("If-Match", etag), "KLR_RAG_CHUNK_SIZE", "600").status())
        .isEqualTo(200);
    Http.Response late = put(http.with("If-Match", etag), "KLR_RAG_CHUNK_SIZE", "700");
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.json().getString("code")).isEqualTo("PIRN-E031");
    assertThat(put(http.with("If-Match", "*"), "NEW_KEY", "1").status()).isEqualTo(412);
    assertThat(put(http.with("If-Match", "*"), "KLR_RAG_CHUNK_SIZE", "1").status()).isEqualTo(200);
    assertThat(http.with("If-None-Match", http.get(AT).header("ETag")).get(AT).status())
        .isEqualTo(304);
  }

  @Test
  void whatCannotBeASettingIsRefusedWithoutAByteWritten() throws Exception {
    Http.Response name = put("1st", "x");
    assertThat(name.status()).isEqualTo(422);
    assertThat(name.json().getString("code")).isEqualTo("PIRN-E005");
    Http json = http.with("Content-Type", "application/json");
    assertThat(json.send("PUT", AT + "/A", "{}").json().getString("detail"))
        .isEqualTo("the body must have a \"value\"");
    assertThat(json.send("PUT", AT + "/A", "{\"value\": 5}").json().getString("detail"))
        .isEqualTo("the body must have text as \"value\"");
    assertThat(json.send("PUT", AT + "/A", "{\"val\": \"5\"}").json().getString("detail"))
        .isEqualTo("the body has an unknown key \"val\"");
    assertThat(http.send("PUT", AT + "/A", "5").status()).isEqualTo(415);
    Http.Response token = put(Http.of(server), "KLR_RAG_CHUNK_SIZE", "1");
    assertThat(token.status()).isEqualTo(401);
    assertThat(Http.of(server).send("DELETE", AT + "/KLR_RAG_CHUNK_SIZE", "").status())
        .isEqualTo(401);
    assertThat(Files.readString(folder.resolve(".env"))).contains("CHUNK_SIZE=512  #");
  }

  @Test
  void aBrokenFileTakesNothingAwayAndIsReported() {
    try (Http.Events events = http.events("")) {
      site.write(".env", "KLR_RAG_CHUNK_SIZE\n");
      JsonObject rejected = events.await("settings.rejected");
      assertThat(rejected.getString("file")).isEqualTo(".env");
      assertThat(rejected.getLong("generation")).isEqualTo(1);
      assertThat(rejected.getJsonArray("diagnostics").getJsonObject(0).getString("code"))
          .isEqualTo("PIRN-E004");
    }
    assertThat(http.get(AT + "/KLR_RAG_CHUNK_SIZE").json().getString("value")).isEqualTo("512");
    JsonObject status = http.get("/api/v1/status").json();
    assertThat(status.getString("state")).isEqualTo("degraded");
    assertThat(status.getJsonObject("settings").getInteger("count")).isEqualTo(2);
    assertThat(http.post(AT + "/reload").status()).isEqualTo(422);
    assertThat(put("OTHER", "1").json().getString("code")).isEqualTo("PIRN-E004");
  }

  @Test
  void anEarlierGenerationCanBePutInForceAgain() {
    put("KLR_RAG_CHUNK_SIZE", "768");
    JsonObject back = http.post(AT + "/rollback", new JsonObject().put("generation", 1)).json();
    assertThat(back.getLong("generation")).isEqualTo(3);
    assertThat(http.get(AT + "/KLR_RAG_CHUNK_SIZE").json().getString("value")).isEqualTo("512");
    assertThat(events("settings.changed")).hasSize(2);
    JsonArray history = http.get(AT + "/history").array();
    assertThat(history.getJsonObject(0).getString("trigger")).isEqualTo("rollback");
    Http.Response never = http.post(AT + "/rollback", new JsonObject().put("generation", 99));
    assertThat(never.json().getString("detail")).isEqualTo("generation 99 is not kept");
    assertThat(http.post(AT + "/reload").json().getString("outcome")).isEqualTo("applied");
    assertThat(http.get(AT + "/KLR_RAG_CHUNK_SIZE").json().getString("value")).isEqualTo("768");
  }

  @Test
  void aWinnerIsAppliedOnceAndRefusedAsAWhole() {
    site.write("map.yaml", "parameters: { size: { key: KLR_RAG_CHUNK_SIZE, max: 2048 } }\n");
    site.write("winner.json", "{\"best\": {\"params\": {\"size\": 768}}}");
    JsonObject body = new JsonObject().put("winner", "winner.json").put("map", "map.yaml");
    JsonObject applied = http.post(AT + "/apply", body).json();
    assertThat(applied.getString("status")).isEqualTo("applied");
    assertThat(http.get(AT + "/KLR_RAG_CHUNK_SIZE").json().getString("value")).isEqualTo("768");
    assertThat(events("settings.changed")).hasSize(1);
    assertThat(http.post(AT + "/apply", body).json().getString("status")).isEqualTo("unchanged");
    site.write("winner.json", "{\"best\": {\"params\": {\"size\": 4096}}}");
    JsonObject blocked = http.post(AT + "/apply", body).json();
    assertThat(blocked.getString("status")).isEqualTo("blocked");
    assertThat(blocked.getJsonArray("diagnostics").getJsonObject(0).getString("code"))
        .isEqualTo("PIRN-E043");
    assertThat(folder.resolve(".pirn/acknowledgements")).isDirectory();
  }

  @Test
  void theFilesAreWatchedAndExplained() {
    assertThat(http.get("/api/v1/watches").array().getJsonObject(3).getJsonArray("roots"))
        .isEqualTo(new JsonArray(List.of(".env")));
    JsonObject explained = http.get("/api/v1/watches/explain?path=.env").json();
    assertThat(explained.getString("source")).isEqualTo("settings");
    assertThat(http.get("/metrics").body())
        .contains("pirn_settings 2.0")
        .contains("pirn_config_generation{source=\"settings\"} 1.0");
  }

  @Test
  void withoutFollowingFilesAreReadWhenAskedAndChangesOfOursAreInForce() {
    server.close();
    server = Server.start(site.options().reload(false));
    http = Http.of(server).token(server);
    site.write(".env", "A=1\n");
    assertThat(http.post(AT + "/reload").json().getString("outcome")).isEqualTo("applied");
    assertThat(http.get(AT + "/A").json().getString("value")).isEqualTo("1");
    assertThat(put("A", "2").json().getBoolean("inForce")).isTrue();
    assertThat(http.get(AT + "/A").json().getString("value")).isEqualTo("2");
  }
}
