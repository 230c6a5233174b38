package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server and its description say the same.
class OpenApiTest {
  private static final OpenApi API = OpenApi.read();
  private static final String AT = "/api/v1/patterns";

  @TempDir private Path folder;
  private Site site;
  private Server server;
  private Http http;

  @BeforeEach
  void start() {
    site = Site.in(folder);
    site.config("patterns: { debounce: 5 }");
    site.write(".env", "SIZE=512\nAPI_TOKEN=hush\n");
    server = site.start();
    http = Http.of(server).token(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void describesEveryRouteAndNoOther() {
    // What no route takes is for the pages.
    Set<String> routes = new TreeSet<>(Set.of("GET /"));
    server
        .routes()
        .registered()
        .forEach((path, methods) ->
            methods.forEach(
                method -> routes.add(method + " " + path.replaceAll(":([a-z]+)", "{$1}"))));

    assertThat(API.operations()).isEqualTo(routes);
  }

  private void get(String described, String path) {
    assertThat(API.check("GET", described, http.get(path))).as(path).isEmpty();
  }

  private void get(String path) {
    get(path, path);
  }

  @Test
  void answersAsDescribed() {
    get("/");
    get("/dashboard");
    get("/dashboard/page.js");
    get("/dashboard/page.css");
    get("/healthz");
    get("/readyz");
    get("/metrics");
    get("/api/v1/status");
    get("/api/v1/config");
    get("/api/v1/settings");
    get("/api/v1/settings/history");
    get("/api/v1/settings/{key}", "/api/v1/settings/SIZE");
    get("/api/v1/config/history");
    get("/api/v1/watches");
    get("/api/v1/watches/explain", "/api/v1/watches/explain?path=patterns/alpha.yaml");
    get("/api/v1/watches/explain", "/api/v1/watches/explain?path=/etc/passwd");
    get(AT);
    get(AT, AT + "?search=rows");
    get(AT + "/search", AT + "/search?q=rows");
    get(AT + "/recommend", AT + "/recommend?message=count");
    get(AT + "/history");
    get(AT + "/{name}", AT + "/alpha");
    get(AT + "/{name}/format", AT + "/alpha/format");
  }

  @Test
  void answersOfPagesAsDescribed() throws Exception {
    get("/api/v1/hotreload/timeline");
    site.write("web/index.html", "<!doctype html><title>One</title>");
    site.write("web/style.css", "p { color: red }");
    Awaitility.await().until(() -> http.get("/").body().contains("One"));
    try (SocketClient page = SocketClient.open(server, "/ws/hotreload")) {
      page.next();
      get("/");
      get("/api/v1/status");
      get("/api/v1/hotreload/status");
      get("/api/v1/hotreload/timeline");
      get("/api/v1/hotreload/devices");
      get("/@hotreload/enter");
      get("/@hotreload/enter", "/@hotreload/enter?pass=" + pass());
      get("/api/v1/events", "/api/v1/events?follow=false&since=0");
      get("/api/v1/watches");
    }
    get("/ws/hotreload");
    get("/api/v1/ws/hotreload");
    get("/livereload");
    site.config("hot_reload: { enabled: false }");
    Awaitility.await().until(() -> !http.get("/").body().contains("@hotreload"));
    get("/api/v1/status");
    get("/api/v1/hotreload/status");
    get("/api/v1/hotreload/timeline");
    get("/api/v1/hotreload/devices");
    get("/@hotreload/enter");
  }

  private String pass() throws IOException {
    return Files.readString(folder.resolve(".pirn/pass")).strip();
  }

  @Test
  void answersOfTheRegistryAsDescribed() {
    String at = "/api/v1/registry";
    get(at + "/agents");
    site.write("agent_registry.yaml", RegistryRoutesTest.REGISTRY);
    assertThat(API.check("POST", at + "/reload", http.post(at + "/reload"))).isEmpty();
    get(at + "/agents", at + "/agents?category=production&page=1");
    get(at + "/agents", at + "/agents?status=none");
    get(at + "/agents/{id}", at + "/agents/greeter");
    get(at + "/agents/{id}", at + "/agents/nobody");
    get(at + "/stats");
    get(at + "/schema");
    get(at + "/history");
    get("/api/v1/query", "/api/v1/query?agent=greeter&text=count%20rows");
    get("/api/v1/query", "/api/v1/query?agent=greeter&text=zebra");
    JsonObject agent = http.get(at + "/agents/greeter").json();
    String one = at + "/agents/{id}";
    Http client = http.with("Content-Type", "application/json");
    assertThat(API.check("PUT", one, client.send("PUT", at + "/agents/greeter", agent.encode())))
        .isEmpty();
    JsonObject fresh = agent.put("id", "fresh");
    assertThat(API.check("POST", at + "/agents", http.post(at + "/agents", fresh))).isEmpty();
    assertThat(API.check("POST", at + "/agents", http.post(at + "/agents", fresh))).isEmpty();
    assertThat(API.check("DELETE", one, http.send("DELETE", at + "/agents/fresh", ""))).isEmpty();
    JsonObject scan = new JsonObject().put("scanDirectories", new JsonArray().add("agents"));
    assertThat(API.check("POST", at + "/sync", http.post(at + "/sync?dry_run=true", scan)))
        .isEmpty();
    JsonObject generation = new JsonObject().put("generation", 1);
    assertThat(API.check("POST", at + "/rollback", http.post(at + "/rollback", generation)))
        .isEmpty();
    site.write("agent_registry.yaml", "agents: [");
    assertThat(API.check("POST", at + "/reload", http.post(at + "/reload"))).isEmpty();
    get("/api/v1/events", "/api/v1/events?follow=false");
    get("/api/v1/status");
  }

  @Test
  void answersToChangesAsDescribed() {
    JsonObject body = new JsonObject().put("name", "new").put("content", Site.text("new", "New"));
    assertThat(API.check("POST", AT, http.post(AT, body))).isEmpty();
    assertThat(API.check("POST", AT, http.with("If-Match", "*").post(AT, body))).isEmpty();
    assertThat(API.check("POST", AT + "/reload", http.post(AT + "/reload"))).isEmpty();
    assertThat(API.check("POST", AT + "/{name}/reload", http.post(AT + "/alpha/reload"))).isEmpty();
    JsonObject generation = new JsonObject().put("generation", 1);
    assertThat(API.check("POST", AT + "/rollback", http.post(AT + "/rollback", generation)))
        .isEmpty();
    assertThat(API.check("POST", AT + "/validate", http.yaml(AT + "/validate", "x: ["))).isEmpty();
  }

  @Test
  void answersToChangesOfSettingsAsDescribed() {
    String at = "/api/v1/settings";
    Http json = http.with("Content-Type", "application/json");
    Http.Response put = json.send("PUT", at + "/SIZE", "{\"value\": \"768\"}");
    assertThat(API.check("PUT", at + "/{key}", put)).isEmpty();
    Http.Response bad = json.send("PUT", at + "/1ST", "{\"value\": \"768\"}");
    assertThat(API.check("PUT", at + "/{key}", bad)).isEmpty();
    Http.Response deleted = http.send("DELETE", at + "/SIZE", "");
    assertThat(API.check("DELETE", at + "/{key}", deleted)).isEmpty();
    JsonObject generation = new JsonObject().put("generation", 1);
    assertThat(API.check("POST", at + "/rollback", http.post(at + "/rollback", generation)))
        .isEmpty();
    assertThat(API.check("POST", at + "/reload", http.post(at + "/reload"))).isEmpty();
    JsonObject winner = new JsonObject().put("winner", "w.json").put("map", "m.yaml");
    Http.Response failed = http.post(at + "/apply", winner);
    assertThat(failed.json().getString("status")).isEqualTo("failed");
    assertThat(API.check("POST", at + "/apply", failed)).isEmpty();
  }

  @Test
  void answersToAgentsAsDescribed() {
    for (String at : new String[] {"", "/api/v1"}) {
      JsonObject agent = AliveRoutesTest.agent("a", "x", "y");
      assertThat(API.check("POST", at + "/heartbeat", http.post(at + "/heartbeat", agent)))
          .isEmpty();
      assertThat(
              API.check("POST", at + "/heartbeat", http.post(at + "/heartbeat", new JsonObject())))
          .isEmpty();
      get(at + "/agents");
      Http.Response missing = http.send("DELETE", at + "/agents/none", "");
      assertThat(API.check("DELETE", at + "/agents/{id}", missing)).isEmpty();
    }
    get("/api/v1/events", "/api/v1/events?follow=false&since=0");
  }

  @Test
  void answersOfAgentsThatAreRunAsDescribed() {
    AgentSite agents = new AgentSite(site);
    agents.agent("greeter", "one");
    String at = "/api/v1/agents";
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(http.get(at).body()).contains("\"phase\":\"active\""));
    get(at);
    get(at + "/{id}", at + "/greeter");
    get(at + "/{id}", at + "/none");
    get(at + "/{id}/logs", at + "/greeter/logs");
    get(at + "/logs");
    get("/api/v1/watches/explain", "/api/v1/watches/explain?path=agents/greeter/main.py");
    for (String word : new String[] {"restart", "stop", "start", "start?wait=false"}) {
      Http.Response answer = http.post(at + "/greeter/" + word);
      assertThat(answer.status()).isBetween(200, 202);
      assertThat(API.check("POST", at + "/{id}/" + word.split("\\?")[0], answer)).isEmpty();
    }
    agents.program("greeter", "answer = (");
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(http.get(at + "/greeter").body()).contains("\"rejection\":{"));
    get(at);
    get("/api/v1/status");
    JsonObject paths = new JsonObject().put("paths", new JsonArray().add("agents/greeter"));
    assertThat(API.check("POST", at, http.post(at, paths))).isEmpty();
    get("/api/v1/events", "/api/v1/events?follow=false");
  }

  @Test
  void refusesAsDescribed() {
    Http.Response missing = http.get(AT + "/nothing");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(API.check("GET", AT + "/{name}", missing)).isEmpty();
    Http.Response invalid = http.yaml(AT + "?name=x", "name: x\ncategory: [");
    assertThat(invalid.status()).isEqualTo(422);
    assertThat(API.check("POST", AT, invalid)).isEmpty();
    get("/api/v1/events", "/api/v1/events?since=x");
    get(AT + "/search");
    get("/api/v1/ws/events");
  }

  @Test
  void tellsOfEventsAsDescribed() {
    try (Http.Events events = http.events("")) {
      site.config("patterns: { debounce: 6ms }");
      events.await("config.changed");
      site.pattern("one", "One");
      events.await("pattern.create");
      site.delete("patterns/beta.yaml");
      events.await("pattern.delete");
      site.write("patterns/alpha.yaml", "name: [");
      events.await("pattern.validation_failed");
      site.config("patterns: { debounce: 7ms }");
      events.await("config.rejected");
      site.write(".env", "SIZE=768\n");
      events.await("settings.changed");
      site.write(".env", "SIZE\n");
      events.await("settings.rejected");
    }
    get("/api/v1/events", "/api/v1/events?follow=false");
    get("/api/v1/events", "/api/v1/events?follow=false&since=99");
    get("/api/v1/status");
    get(AT + "/history");
  }
}
