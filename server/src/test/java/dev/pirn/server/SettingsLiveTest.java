package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings while the configuration changes which these are.
class SettingsLiveTest {
  private static final String AT = "/api/v1/settings";

  @TempDir private Path folder;
  private Site site;
  private Server server;
  private Http http;

  @BeforeEach
  void start() {
    site = Site.in(folder);
    site.write(".env", "SIZE=512\nHOST=one\n");
    server = site.start();
    http = Http.of(server).token(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String value(String key) {
    return http.get(AT + "/" + key).json().getString("value");
  }

  @Test
  void otherFilesTakeThePlaceAndTheLogSaysWhatBecameOfEachKey() {
    site.write("local.env", "SIZE=768\nEXTRA=1\n");
    try (Http.Events events = http.events("")) {
      site.config("settings: { files: [.env, local.env] }");
      JsonObject changed = events.await("settings.changed");
      events.await("config.changed");

      assertThat(changed.getString("trigger")).isEqualTo("config");
      assertThat(changed.getJsonArray("changed"))
          .isEqualTo(new JsonArray(List.of("EXTRA", "SIZE")));
      assertThat(changed.getLong("generation")).isGreaterThan(1);
      assertThat(value("SIZE")).isEqualTo("768");
      site.write("local.env", "SIZE=800\nEXTRA=1\n");
      assertThat(events.take(3).get(2).getJsonArray("changed"))
          .isEqualTo(new JsonArray(List.of("SIZE")));
      assertThat(value("SIZE")).isEqualTo("800");
    }
  }

  @Test
  void aConfigurationWhoseSettingsAreBrokenIsRefusedUntilTheyAreMended() {
    site.write("local.env", "SIZE\n");
    try (Http.Events events = http.events("")) {
      site.config("settings: { files: [local.env] }");
      JsonObject rejected = events.await("config.rejected");
      assertThat(rejected.getJsonArray("diagnostics").getJsonObject(0).getString("code"))
          .isEqualTo("PIRN-E004");
      assertThat(value("SIZE")).isEqualTo("512");

      site.write("local.env", "SIZE=900\n");
      events.await("config.changed");
      assertThat(value("SIZE")).isEqualTo("900");
    }
  }

  @Test
  void anotherPatternOfSecretsMasksAtOnce() {
    try (Http.Events events = http.events("")) {
      assertThat(value("HOST")).isEqualTo("one");
      site.config("settings: { secrets: [HOST] }");
      events.await("config.changed");
      assertThat(value("HOST")).isEqualTo("***");
      site.config("settings: { secrets: [\"HO ST\"] }");
      assertThat(
              events
                  .await("config.rejected")
                  .getJsonArray("diagnostics")
                  .getJsonObject(0)
                  .getString("message"))
          .contains("\"HO ST\" is not a pattern of keys, such as *_DSN");
      assertThat(value("HOST")).isEqualTo("***");
    }
  }

  @Test
  void whatIsMaskedNowIsNotConfirmedToWhoHasSeenIt() {
    try (Http.Events events = http.events("")) {
      String all = http.get(AT).header("ETag");
      String one = http.get(AT + "/HOST").header("ETag");
      assertThat(http.with("If-None-Match", all).get(AT).status()).isEqualTo(304);
      assertThat(http.with("If-None-Match", one).get(AT + "/HOST").status()).isEqualTo(304);
      site.config("settings: { secrets: [HOST] }");
      events.await("config.changed");

      Http.Response masked = http.with("If-None-Match", all).get(AT);
      assertThat(masked.status()).isEqualTo(200);
      assertThat(masked.body()).contains("***").doesNotContain("one");
      assertThat(http.with("If-None-Match", one).get(AT + "/HOST").status()).isEqualTo(200);

      // The settings are those that were seen, so that they can be changed.
      String value = new JsonObject().put("value", "600").encode();
      Http json = http.with("Content-Type", "application/json").with("If-Match", all);
      assertThat(json.send("PUT", AT + "/SIZE", value).status()).isEqualTo(200);
      assertThat(json.send("PUT", AT + "/SIZE", value).status()).isEqualTo(412);
    }
  }

  @Test
  void aServerStartsWithBrokenSettingsAndTakesThemUpWhenMended() {
    server.close();
    site.write(".env", "SIZE\n");
    server = site.start();
    http = Http.of(server).token(server);
    assertThat(http.get("/api/v1/status").json().getString("state")).isEqualTo("degraded");
    try (Http.Events events = http.events("")) {
      site.write(".env", "SIZE=1\n");
      assertThat(events.await("settings.changed").getJsonArray("changed"))
          .isEqualTo(new JsonArray(List.of("SIZE")));
    }
    assertThat(value("SIZE")).isEqualTo("1");
  }
}
