package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages of a workspace, as `pirn.yaml` has them while the server runs.
@Timeout(60)
class WebSiteTest {
  private static final String PAGE = "<!doctype html><title>%s</title>";
  private static final String TAG = "<script src=\"/@hotreload/client.js\"";

  @TempDir private Path folder;
  private Server server;
  private Http http;

  private Site start(String... files) {
    Site site = Site.in(folder);
    for (String file : files) {
      site.write(file, PAGE.formatted(file));
    }
    server = site.start();
    http = Http.of(server);
    return site;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String page(String path) {
    return http.get(path).body();
  }

  private JsonObject web() {
    return http.get("/api/v1/status").json().getJsonObject("web");
  }

  // ---- no folder

  @Test
  void nothingIsWrongWithoutAFolder() {
    start();

    JsonObject status = http.get("/api/v1/status").json();
    assertThat(status.getString("state")).isEqualTo("ok");
    assertThat(status.getJsonObject("web").getInteger("files")).isZero();
    assertThat(status.getJsonObject("web").getJsonArray("diagnostics")).isEmpty();
    assertThat(http.get("/api/v1/events?follow=false&since=0&type=watch.*").array()).isEmpty();
    assertThat(page("/")).contains("<title>Pirn</title>").doesNotContain(TAG);
    assertThat(http.get("/style.css").status()).isEqualTo(404);
  }

  @Test
  void takesAFolderUpThatComesLater() {
    Site site = start();
    try (Http.Events events = http.events("?type=web.*,watch.*")) {
      site.write("web/index.html", PAGE.formatted("late"));
      JsonObject changed = events.take(1).getFirst();

      assertThat(changed.getString("type")).isEqualTo("web.changed");
      assertThat(changed.getJsonArray("files")).isEqualTo(new JsonArray().add("/index.html"));
    }
    assertThat(page("/")).contains("<title>late</title>", TAG);
    assertThat(page("/dashboard")).contains("<title>Pirn</title>").doesNotContain(TAG);
  }

  @Test
  void saysThatAFolderWithPagesHasGone() {
    Site site = start("web/index.html");
    try (Http.Events events = http.events("?type=web.*,watch.*")) {
      site.move("web", "elsewhere");
      Awaitility.await().until(() -> problems() == 1);
      JsonObject degraded = events.take(1).getFirst();

      assertThat(degraded.getString("type")).isEqualTo("watch.degraded");
      assertThat(degraded.getString("source")).isEqualTo("web");
      assertThat(degraded.getString("file")).isEqualTo("web");
      assertThat(page("/")).contains("<title>web/index.html</title>");

      site.move("elsewhere", "web");
      Awaitility.await().until(() -> problems() == 0);
      assertThat(events.take(2).getLast().getString("type")).isEqualTo("watch.resynced");
    }
  }

  private int problems() {
    return web().getJsonObject("watch").getJsonArray("problems").size();
  }

  // ---- what is told

  @Test
  void tellsOfEachChange() {
    Site site = start("web/index.html", "web/gone.html");
    try (Http.Events events = http.events("?type=web.*")) {
      site.write("web/css/style.css", "p { color: red }");
      site.write("web/a file.md", "# A file");
      site.delete("web/gone.html");
      Awaitility.await()
          .untilAsserted(() -> {
            assertThat(http.get("/css/style.css").status()).isEqualTo(200);
            assertThat(http.get("/a%20file.md").status()).isEqualTo(200);
            assertThat(http.get("/gone.html").status()).isEqualTo(404);
          });
      var told = until(events, web().getInteger("seq"));

      assertThat(told)
          .allSatisfy(it -> {
            assertThat(it.getString("source")).isEqualTo("web");
            assertThat(it.getString("name")).isEqualTo(it.getJsonArray("files").getString(0));
            assertThat(it.getInteger("count")).isEqualTo(it.getJsonArray("files").size());
            assertThat(it.getInteger("pages")).isZero();
          });
      assertThat(told.stream().flatMap(it -> it.getJsonArray("files").stream()))
          .containsExactlyInAnyOrder("/css/style.css", "/a%20file.md", "/gone.html");
    }
  }

  /// The events up to a state; one may tell of several.
  private static List<JsonObject> until(Http.Events events, int seq) {
    List<JsonObject> told = events.take(1);
    while (told.getLast().getInteger("generation") < seq) {
      told = events.take(told.size() + 1);
    }
    return told;
  }

  @Test
  void namesTheFirstFilesOfALargeChange() {
    Site site = start();
    for (int i = 10; i < 40; i++) {
      site.write("other/web/" + i + ".html", PAGE.formatted(i));
    }
    try (Http.Events events = http.events("?type=web.*")) {
      site.move("other/web", "web");
      Awaitility.await().until(() -> web().getInteger("files") == 30);
      var told = until(events, web().getInteger("seq"));

      assertThat(told.stream().mapToInt(it -> it.getInteger("count")).sum()).isEqualTo(30);
      assertThat(told)
          .allSatisfy(it ->
              assertThat(it.getJsonArray("files").size())
                  .isEqualTo(Math.min(20, it.getInteger("count"))));
    }
  }

  @Test
  void showsHowManyFollow() throws Exception {
    Site site = start("web/index.html");
    assertThat(page("/metrics")).contains("pirn_web_pages 0.0", "source=\"web\"");
    try (SocketClient page = SocketClient.open(server, "/ws/hotreload")) {
      assertThat(page.next())
          .isEqualTo("{\"type\":\"connected\",\"message\":\"Hot-reload enabled\"}");
      assertThat(page("/metrics")).contains("pirn_web_pages 1.0");
      assertThat(web().getInteger("connected_clients")).isEqualTo(1);

      site.write("web/style.css", "p { color: red }");
      JsonObject told = new JsonObject(page.next());
      assertThat(told.getString("path")).isEqualTo("web/style.css");
      assertThat(told.getString("operation")).isEqualTo("created");
    }
    Awaitility.await().until(() -> web().getInteger("connected_clients") == 0);
    assertThat(page("/metrics"))
        .contains(
            "pirn_web_pages 0.0",
            "pirn_reload_seconds_count{outcome=\"applied\",source=\"web\"} 1",
            "pirn_config_generation{source=\"web\"} 2.0");
  }

  // ---- the configuration changes

  @Test
  void takesOtherFoldersUpWhileItRuns() throws Exception {
    Site site = start("web/index.html", "site/index.html", "site/more.html");
    try (Http.Events events = http.events("?type=config.*");
        SocketClient page = SocketClient.open(server, "/ws/hotreload")) {
      page.next();
      site.config("web: { dirs: [site, web] }");
      assertThat(events.await("config.changed").getJsonArray("changed"))
          .isEqualTo(new JsonArray().add("web.dirs"));

      // Who is connected comes back by itself, and sees the other files.
      assertThat(page.closed()).isEqualTo(1001);
      assertThat(page("/")).contains("<title>site/index.html</title>");
      assertThat(page("/more.html")).contains("<title>site/more.html</title>");
      assertThat(web().getInteger("files")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/@hotreload/client.js",
        "/@hotreload/token",
        "/ws/hotreload",
        "/api/v1/ws/hotreload",
        "/api/v1/hotreload/status",
        "/api/v1/hotreload/timeline",
        "/livereload.js"
      })
  void nothingOfItIsThereInProduction(String path) {
    Site site = start("web/index.html");
    assertThat(http.get(path).status()).as("before").isNotEqualTo(404);
    try (Http.Events events = http.events("?type=config.*")) {
      site.config("hot_reload: { enabled: false }");
      events.await("config.changed");
    }

    assertThat(http.get(path).status()).isEqualTo(404);
    assertThat(http.get(path).json().getString("code")).isEqualTo("PIRN-S024");
    assertThat(page("/")).isEqualTo(PAGE.formatted("web/index.html"));
    assertThat(web().getBoolean("enabled")).isFalse();

    site.config("hot_reload: { enabled: true }");
    Awaitility.await().untilAsserted(() -> assertThat(page("/")).contains(TAG));
  }

  @Test
  void socketsAreNotTakenInProduction() throws Exception {
    Site site = Site.in(folder);
    site.config("hot_reload: { enabled: false }");
    start("web/index.html");

    for (String path : new String[] {"/ws/hotreload", "/api/v1/ws/hotreload", "/livereload"}) {
      assertThat(SocketClient.refused(server, path)).as(path).isEqualTo(404);
    }
  }

  // ---- another server's pages

  @Test
  void showsThePagesOfAnotherServer() throws Exception {
    Site site = Site.in(folder);
    start("web/index.html");
    Vertx vertx = Vertx.vertx();
    try (Http.Events events = http.events("?type=config.*")) {
      HttpServer upstream =
          vertx
              .createHttpServer()
              .requestHandler(request ->
                  request
                      .response()
                      .putHeader("Content-Type", "text/html")
                      .end(
                          "<!doctype html><title>" + request.method() + request.uri() + "</title>"))
              .listen(0, "127.0.0.1")
              .await();
      String address = "http://127.0.0.1:" + upstream.actualPort();
      site.config("web: { proxy: '%s' }".formatted(address));
      events.await("config.changed");

      assertThat(page("/shop?x=1")).contains("<title>GET/shop?x=1</title>", TAG);
      assertThat(page("/")).contains("<title>GET/</title>", TAG);
      assertThat(page("/dashboard")).contains("<title>Pirn</title>");
      assertThat(web().getString("proxy")).isEqualTo(address);
      assertThat(web().getInteger("files")).isEqualTo(1);

      // A page may change something, a program only with the token.
      assertThat(http.post("/shop").status()).isEqualTo(401);
      assertThat(http.token(server).post("/shop").body()).contains("POST/shop");
      assertThat(http.with("Origin", server.url()).post("/shop").body()).contains("POST/shop");
      assertThat(http.with("Origin", "http://evil.example").post("/shop").status()).isEqualTo(403);
    } finally {
      vertx.close().await();
    }
    Http.Response down = http.get("/");
    assertThat(down.status()).isEqualTo(502);
    assertThat(down.json().getString("code")).isEqualTo("PIRN-B007");
    assertThat(http.get("/healthz").status()).isEqualTo(200);
  }

  // ---- tests of the pages

  @Test
  void holdsAChangeBackUntilTheTestsPass() {
    Site site = Site.in(folder);
    site.config("web: { test: [sh, -c, 'test -f ok'], gate: true }");
    start("web/index.html");
    site.write("web/style.css", "p { color: red }");
    Awaitility.await().until(() -> "failed".equals(web().getString("tests")));

    JsonObject held = web();
    assertThat(held.getInteger("seq")).isEqualTo(2);
    assertThat(held.getInteger("told")).isEqualTo(1);
    assertThat(held.getBoolean("gate")).isTrue();

    site.write("ok", "");
    site.write("web/style.css", "p { color: blue }");
    Awaitility.await().until(() -> web().getInteger("told") == 3);
    assertThat(web().getString("tests")).isEqualTo("ok");
    assertThat(http.get("/api/v1/status").json().getString("state")).isEqualTo("ok");
  }

  @Test
  void tellsAtOnceWithoutTheGate() {
    Site site = Site.in(folder);
    site.config("web: { test: sh -c 'test -f ok' }");
    start("web/index.html");
    site.write("web/style.css", "p { color: red }");
    Awaitility.await().until(() -> "failed".equals(web().getString("tests")));

    assertThat(web().getInteger("told")).isEqualTo(2);
  }

  @Test
  void aTestThatCannotBeRunHasFailed() {
    Site site = Site.in(folder);
    site.config("web: { test: [no-such-program-at-all] }");
    start("web/index.html");
    site.write("web/style.css", "p { color: red }");
    Awaitility.await().until(() -> "failed".equals(web().getString("tests")));
  }
}
