package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever lies in the folder: the last good version stays, and one call says what is wrong.
class BadInputTest {
  @TempDir private Path folder;
  private Site site;
  private Server server;
  private Http http;

  @BeforeEach
  void start() {
    site = Site.in(folder);
    server = site.start();
    http = Http.of(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonObject failure(Runnable edit) {
    try (Http.Events events = http.events("?type=pattern.*,config.*")) {
      edit.run();
      JsonObject failed = events.await("pattern.validation_failed");
      assertThat(http.get("/api/v1/patterns/alpha").json().getString("title"))
          .isEqualTo("Counts rows");
      assertThat(http.get("/api/v1/status").json().getString("state")).isEqualTo("degraded");
      assertThat(
              http.get("/api/v1/status")
                  .json()
                  .getJsonObject("patterns")
                  .getJsonArray("diagnostics")
                  .encode())
          .contains("patterns/alpha.yaml");
      return failed.getJsonArray("diagnostics").getJsonObject(0);
    }
  }

  private void replace(byte[] bytes) {
    try {
      Path beside = Files.write(folder.resolve("replacement"), bytes);
      Files.move(
          beside,
          folder.resolve("patterns/alpha.yaml"),
          java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aFileOfFiftyMegabytes() {
    assertThat(failure(() -> replace(new byte[50 * 1024 * 1024])).getString("message"))
        .contains("bytes");
  }

  @Test
  void aBinaryFile() {
    byte[] elf = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, (byte) 0xff, (byte) 0xfe, 0, 0};
    assertThat(failure(() -> replace(elf)).getString("code")).startsWith("PIRN-");
  }

  @Test
  void aBillionLaughs() {
    StringBuilder bomb = new StringBuilder("name: alpha\ncategory: c\na0: &a0 [lol]\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s, %s, %s, %s]\n".formatted(i, i, alias, alias, alias, alias));
    }
    assertThat(failure(() -> site.write("patterns/alpha.yaml", bomb.toString())).getString("code"))
        .startsWith("PIRN-Y02");
  }

  @Test
  void aPipeInThePlaceOfAFile() throws Exception {
    Process process =
        new ProcessBuilder("mkfifo", folder.resolve("patterns/pipe.yaml").toString()).start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

    Awaitility.await()
        .untilAsserted(() -> {
          JsonObject status = http.get("/api/v1/status").json();
          assertThat(status.getJsonObject("patterns").getJsonObject("watch").encode())
              .contains("patterns/pipe.yaml", "not_a_file");
          assertThat(status.getString("state")).isEqualTo("degraded");
        });
    assertThat(http.get("/api/v1/events?follow=false&type=watch.*").array().encode())
        .contains("watch.degraded", "patterns/pipe.yaml");
    assertThat(http.get("/api/v1/patterns").names()).containsExactly("alpha", "beta");

    Files.delete(folder.resolve("patterns/pipe.yaml"));
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(http.get("/api/v1/status").json().getString("state")).isEqualTo("ok"));
    assertThat(http.get("/api/v1/events?follow=false&type=watch.*").array().encode())
        .contains("watch.resynced");
  }

  @Test
  void aFolderThatIsNotThereAndComesBack() throws IOException {
    Path patterns = folder.resolve("patterns");
    Files.move(patterns, folder.resolve("away"));
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(http.get("/api/v1/status").body()).contains("root_missing"));

    assertThat(http.get("/api/v1/status").json().getString("state")).isEqualTo("degraded");

    Files.move(folder.resolve("away"), patterns);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(http.get("/api/v1/status").body()).doesNotContain("root_missing"));
    site.pattern("gamma", "New");
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(http.get("/api/v1/patterns").names())
                .containsExactly("alpha", "beta", "gamma"));
  }

  @Test
  void explainsWhyAPathIsTakenOrNot() {
    server.close();
    site.config("patterns: { exclude: ['drafts/**'] }");
    server = site.start();
    http = Http.of(server);
    assertThat(reason("patterns/alpha.yaml")).isEqualTo("it fulfils every rule");
    assertThat(reason("patterns/notes.txt"))
        .isEqualTo("it matches none of \"**/*.yaml\", \"**/*.yml\"");
    assertThat(reason("patterns/drafts/x.yaml"))
        .isEqualTo("the folder \"drafts\" is excluded by \"drafts/**\"");
    assertThat(reason("patterns/.git/x.yaml"))
        .isEqualTo("the folder \".git\" is hidden: its name begins with a dot");
    assertThat(reason("patterns/.x.yaml")).isEqualTo("it is hidden: its name begins with a dot");
    assertThat(reason("patterns/x.yaml~"))
        .isEqualTo("it matches none of \"**/*.yaml\", \"**/*.yml\"");
    assertThat(reason("elsewhere/x.yaml")).isEqualTo("it does not lie in this folder");
    assertThat(reason("patterns")).isEqualTo("it is the folder itself");

    JsonObject config = http.get("/api/v1/watches/explain?path=pirn.yaml").json();
    assertThat(config.getString("source")).isEqualTo("config");
    assertThat(config.getBoolean("exists")).isTrue();
    JsonObject outside = http.get("/api/v1/watches/explain?path=/etc/passwd").json();
    assertThat(outside.getBoolean("taken")).isFalse();
    assertThat(outside.getValue("exists")).isNull();
    assertThat(http.get("/api/v1/watches/explain?path=%00").status()).isEqualTo(400);
    assertThat(http.get("/api/v1/watches").array()).hasSize(5);
  }

  @Test
  void explainsWhyAFileOfAPageIsFollowedOrNot() {
    assertThat(reason(4, "web/css/style.css")).isEqualTo("it fulfils every rule");
    assertThat(reason(4, "web/a.wasm")).startsWith("it matches none of \"**/*.{html,");
    assertThat(reason(4, "web/node_modules/a.js"))
        .isEqualTo("the folder \"node_modules\" is excluded by \"**/node_modules/**\"");
    JsonObject answer = http.get("/api/v1/watches/explain?path=web/index.html").json();
    assertThat(answer.getString("source")).isEqualTo("web");
  }

  private String reason(String path) {
    return reason(1, path);
  }

  private String reason(int source, String path) {
    JsonObject answer = http.get("/api/v1/watches/explain?path=" + path).json();
    return answer.getJsonArray("checked").getJsonObject(source).getString("reason");
  }
}
