package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pirn.live.LiveException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLiveTest {
  @TempDir private Path folder;
  private Site site;
  private Server server;
  private Http http;

  @BeforeEach
  void start() {
    site = Site.in(folder);
    site.config("patterns: { dirs: [patterns] }");
    site.write("more/delta.yaml", Site.text("delta", "More"));
    site.write("more/alpha.yaml", Site.text("alpha", "Another alpha"));
    server = site.start();
    http = Http.of(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> names() {
    return http.get("/api/v1/patterns").names();
  }

  private static List<String> brief(List<JsonObject> events) {
    return events.stream()
        .map(it -> it.getString("type") + " " + it.getString("name") + " " + it.getString("file"))
        .toList();
  }

  @Test
  void takesAnotherFolderWithoutAMomentWithoutPatterns() throws InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    AtomicReference<@Nullable String> wrong = new AtomicReference<>();
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              long generation = 0;
              while (!ended.get() && wrong.get() == null) {
                JsonObject status = http.get("/api/v1/status").json().getJsonObject("patterns");
                if (status.getInteger("count") < 2 || status.getLong("generation") < generation) {
                  wrong.set(status.encode());
                }
                generation = status.getLong("generation");
                if (!names().contains("beta")) {
                  wrong.set("no beta");
                }
              }
            });
    for (int i = 0; i < 5; i++) {
      int count = i % 2 == 0 ? 3 : 2;
      site.config("patterns: { dirs: [patterns" + (i % 2 == 0 ? ", more" : "") + "] }");
      Awaitility.await().until(() -> names().size() == count);
    }
    ended.set(true);
    reader.join();
    assertThat(wrong.get()).isNull();
  }

  @Test
  void tellsWhatAnotherFolderDoesToEachPattern() {
    try (Http.Events events = http.events("?type=pattern.*,config.*")) {
      site.config("patterns: { dirs: [more] }");
      JsonObject changed = events.await("config.changed");

      assertThat(changed.getJsonArray("changed")).containsExactly("patterns.dirs");
      assertThat(changed.getJsonArray("needsRestart")).isEmpty();
      assertThat(changed.getString("file")).isEqualTo("pirn.yaml");
      assertThat(brief(events.take(5)))
          .containsExactly(
              "pattern.delete alpha patterns/alpha.yaml",
              "pattern.delete beta patterns/beta.yaml",
              "pattern.create alpha more/alpha.yaml",
              "pattern.create delta more/delta.yaml",
              "config.changed pirn.yaml pirn.yaml");
      assertThat(names()).containsExactly("alpha", "delta");

      site.write("more/delta.yaml", Site.text("delta", "Changed"));
      JsonObject modified = events.take(6).getLast();
      assertThat(modified.getString("type")).isEqualTo("pattern.modify");
      assertThat(modified.getLong("generation"))
          .isEqualTo(http.get("/api/v1/patterns/delta").json().getLong("generation"))
          .isGreaterThan(events.take(6).get(3).getLong("generation"));

      // What only lay in the old folder is nobody's business any more.
      site.pattern("beta", "Unseen");
      site.write("more/delta.yaml", Site.text("delta", "Again"));
      assertThat(events.take(7).getLast().getString("name")).isEqualTo("delta");
    }
  }

  @Test
  void takesUpEverythingThatMakesTheLibraryWhatItIs() {
    try (Http.Events events = http.events("?type=pattern.*,config.*")) {
      site.config("patterns: { debounce: 20ms, exclude: ['b*'] }\nhistory: { keep: 3 }");
      assertThat(events.await("config.changed").getJsonArray("changed"))
          .containsExactly("patterns.exclude", "patterns.debounce", "history.keep");
    }
    assertThat(names()).containsExactly("alpha");
    assertThat(http.get("/api/v1/config").json().getJsonObject("patterns").getString("debounce"))
        .isEqualTo("20ms");
    for (int i = 0; i < 6; i++) {
      site.pattern("alpha", "Title " + i);
      String title = "Title " + i;
      Awaitility.await()
          .until(() -> http.get("/api/v1/patterns/alpha").json().getString("title").equals(title));
    }
    assertThat(http.get("/api/v1/patterns/history").array()).hasSize(3);
  }

  @Test
  void keepsWhatIsInForceWhenTheConfigurationIsBroken() {
    try (Http.Events events = http.events("?type=pattern.*,config.*")) {
      site.config("patterns: { drs: [more] }");
      JsonObject rejected = events.await("config.rejected");

      assertThat(rejected.getJsonArray("diagnostics").getJsonObject(0).getString("message"))
          .isEqualTo("unknown key \"drs\" in \"patterns\"");
      assertThat(names()).containsExactly("alpha", "beta");
      JsonObject status = http.get("/api/v1/status").json();
      assertThat(status.getString("state")).isEqualTo("degraded");
      assertThat(status.getJsonObject("config").getJsonArray("diagnostics")).isNotEmpty();
    }
    assertThat(http.get("/metrics").body())
        .contains("pirn_config_last_reload_successful{source=\"config\"} 0.0");
  }

  @Test
  void refusesAConfigurationWhoseLibraryCannotBeOpened() {
    site.write("more/broken.yaml", "name: [");
    try (Http.Events events = http.events("?type=pattern.*,config.*")) {
      site.config("patterns: { dirs: [more], strict: true }");
      JsonObject rejected = events.await("config.rejected");

      assertThat(rejected.getJsonArray("diagnostics").getJsonObject(0).getString("file"))
          .isEqualTo("more/broken.yaml");
      assertThat(names()).containsExactly("alpha", "beta");
    }
  }

  @Test
  void losesNoLastGoodVersionToAConfiguration() {
    try (Http.Events events = http.events("?type=pattern.*,config.*")) {
      site.write("patterns/alpha.yaml", "name: [");
      events.await("pattern.validation_failed");
      site.config("patterns: { debounce: 10ms }");
      JsonObject problem =
          events.await("config.rejected").getJsonArray("diagnostics").getJsonObject(0);

      assertThat(problem.getString("code")).isEqualTo("PIRN-S006");
      assertThat(problem.getString("file")).isEqualTo("patterns/alpha.yaml");
      assertThat(names()).containsExactly("alpha", "beta");
      assertThat(http.get("/api/v1/patterns/alpha").json().getString("title"))
          .isEqualTo("Counts rows");

      site.pattern("alpha", "Mended");
      assertThat(events.await("config.changed").getJsonArray("changed"))
          .containsExactly("patterns.debounce");
    }
    assertThat(http.get("/api/v1/patterns/alpha").json().getString("title")).isEqualTo("Mended");
    assertThat(
            http.get("/api/v1/status").json().getJsonObject("config").getJsonArray("diagnostics"))
        .isEmpty();
  }

  @Test
  void saysWhatOnlyARestartTakesUp() {
    try (Http.Events events = http.events("?type=pattern.*,config.*")) {
      site.config("server: { port: 7475, host: localhost }");
      assertThat(events.await("config.changed").getJsonArray("needsRestart"))
          .containsExactly("server.host"); // the port was given when it was started
    }
    JsonObject config = http.get("/api/v1/status").json().getJsonObject("config");
    assertThat(config.getJsonArray("needsRestart")).containsExactly("server.host");
    assertThat(config.getJsonArray("diagnostics").getJsonObject(0).getString("message"))
        .isEqualTo("\"server.host\" changed, which a running server cannot take up");
  }

  @Test
  void stopsAndBeginsToFollowAsToldByTheConfiguration() {
    try (Http.Events events = http.events("?type=pattern.*,config.*")) {
      site.config("hot_reload: { enabled: false }");
      events.await("config.changed");
      site.pattern("gamma", "Unseen");
      assertThat(http.get("/api/v1/status").json().getBoolean("reload")).isFalse();
      assertThat(names()).containsExactly("alpha", "beta");

      site.config("hot_reload: { enabled: true }");
      assertThat(events.await("pattern.create").getString("name")).isEqualTo("gamma");
    }
    assertThat(names()).containsExactly("alpha", "beta", "gamma");
  }

  @Test
  void startsOnTheDefaultsWhenTheConfigurationIsBroken() {
    server.close();
    site.config("server: { prot: 1 }");
    server = site.start();
    http = Http.of(server);

    assertThat(names()).containsExactly("alpha", "beta");
    assertThat(http.get("/api/v1/status").json().getString("state")).isEqualTo("degraded");

    site.config("patterns: { dirs: [more] }");
    Awaitility.await().untilAsserted(() -> assertThat(names()).containsExactly("alpha", "delta"));
    assertThat(http.get("/api/v1/status").json().getString("state")).isEqualTo("ok");
  }

  @Test
  void doesNotStartStrictlyWithABrokenPattern() {
    server.close();
    site.config("patterns: { strict: true }");
    site.write("patterns/broken.yaml", "name: [");

    assertThatThrownBy(site::start)
        .isInstanceOf(LiveException.class)
        .hasMessageContaining("broken.yaml");
    assertThat(ServerFile.find(folder)).isEmpty();
  }
}
