package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryRoutesTest {
  static final String REGISTRY =
      """
      version: "1.0"

      agents:
        # Says hello.
        greeter:
          name: "Greeter"      # the first
          category: production
          environment: production
          owner: front-desk
          version: 2.1.0
          location: agents/greeter
          tags: [dialogue, text]
        counter:
          name: Counter
          category: example
          environment: demo
          owner: back-office
          version: 2.10.0
          location: agents/counter
          tags: [text, numbers]
          deprecated: true
          deprecation_reason: nobody counts
          status: deprecated
      config:
        validation:
          validate_location: false
      """;

  private static final String AT = "/api/v1/registry";
  private static final String FILE = "agent_registry.yaml";

  @TempDir private Path folder;
  private Site site;
  private Server server;
  private Http http;

  @BeforeEach
  void start() {
    site = Site.in(folder);
    site.write(FILE, REGISTRY);
    server = site.start();
    http = Http.of(server).token(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> ids(String query) {
    return http.get(AT + "/agents" + query).array().stream()
        .map(it -> ((JsonObject) it).getString("id"))
        .toList();
  }

  private Http.Response put(Http client, String id, JsonObject agent) {
    return client
        .with("Content-Type", "application/json")
        .send("PUT", AT + "/agents/" + id, agent.encode());
  }

  private static List<String> texts(JsonObject json, String key) {
    return json.getJsonArray(key).stream().map(String::valueOf).toList();
  }

  private String file() {
    try {
      return Files.readString(folder.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void givesAnAgentWithTheKeysOfItsFile() {
    Http.Response answer = http.get(AT + "/agents/counter");
    JsonObject agent = answer.json();

    assertThat(answer.header("ETag")).isEqualTo("\"" + agent.remove("digest") + "\"");
    assertThat(agent)
        .isEqualTo(
            new JsonObject()
                .put("id", "counter")
                .put("name", "Counter")
                .put("category", "example")
                .put("environment", "demo")
                .put("owner", "back-office")
                .put("version", "2.10.0")
                .put("location", "agents/counter")
                .put("deprecated", true)
                .put("tags", new JsonArray().add("text").add("numbers"))
                .put("deprecation_reason", "nobody counts")
                .put("status", "deprecated")
                .put("dependencies", new JsonArray())
                .put("file", FILE)
                .put("line", 13)
                .put("state", "active"));
  }

  @Test
  void filtersSearchesAndSorts() {
    assertThat(ids("")).containsExactly("counter", "greeter");
    assertThat(ids("?category=production")).containsExactly("greeter");
    assertThat(ids("?environment=demo")).containsExactly("counter");
    assertThat(ids("?status=active")).containsExactly("greeter");
    assertThat(ids("?owner=back-office")).containsExactly("counter");
    assertThat(ids("?deprecated=false")).containsExactly("greeter");
    assertThat(ids("?tags=text,numbers")).containsExactly("counter");
    assertThat(ids("?tags=dialogue,numbers&match=any")).containsExactly("counter", "greeter");
    assertThat(ids("?search=greter")).containsExactly("greeter");
    assertThat(ids("?sort=version&order=desc")).containsExactly("counter", "greeter");
  }

  @Test
  void countsThePagesInHeaders() {
    Http.Response second = http.get(AT + "/agents?page=2&page_size=1");

    assertThat(second.array().getJsonObject(0).getString("id")).isEqualTo("greeter");
    assertThat(second.header("Pirn-Total")).isEqualTo("2");
    assertThat(second.header("Pirn-Page")).isEqualTo("2");
    assertThat(second.header("Pirn-Pages")).isEqualTo("2");
    assertThat(http.get(AT + "/agents").header("Pirn-Pages")).isEqualTo("1");
    assertThat(http.get(AT + "/agents?page=0").json().getString("detail"))
        .isEqualTo("\"page\" must be a whole number from 1 to 2147483647, found \"0\"");
    assertThat(http.get(AT + "/agents?sort=age").json().getString("detail"))
        .isEqualTo("\"sort\" must be one of category, name, updated_at, version, found \"age\"");
  }

  @Test
  void namesWhatIsLikeAnIdThatIsNotThere() {
    Http.Response missing = http.get(AT + "/agents/greter");

    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.json())
        .contains(
            Map.entry("code", "PIRN-R020"),
            Map.entry("detail", "agent not found: greter"),
            Map.entry("help", "did you mean \"greeter\"?"));
    assertThat(http.send("DELETE", AT + "/agents/greter", "").status()).isEqualTo(404);
    assertThat(put(http, "greter", new JsonObject()).status()).isEqualTo(404);
  }

  @Test
  void registersAnAgentOnce() {
    JsonObject fresh =
        http.get(AT + "/agents/greeter").json().put("id", "fresh").put("name", "Fresh");
    JsonObject broken = fresh.copy().put("id", "other").put("version", "one");

    Http.Response created = http.post(AT + "/agents", fresh);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo(AT + "/agents/fresh");
    assertThat(created.json().getBoolean("inForce")).isTrue();
    assertThat(http.get(AT + "/agents/fresh").header("ETag")).isEqualTo(created.header("ETag"));
    assertThat(file()).startsWith(REGISTRY.substring(0, REGISTRY.indexOf("config:")));
    Http.Response again = http.post(AT + "/agents", fresh);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().getString("detail")).isEqualTo("there is already an agent \"fresh\"");
    String before = file();
    Http.Response refused = http.post(AT + "/agents", broken);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().getJsonArray("diagnostics").getJsonObject(0).getString("file"))
        .isEqualTo(FILE);
    assertThat(file()).isEqualTo(before);
  }

  @Test
  void writesOnlyTheLinesOfFieldsThatHaveAnotherValue() {
    Http.Response seen = http.get(AT + "/agents/greeter");
    JsonObject agent = seen.json().put("version", "3.0.0");

    Http.Response written = put(http.with("If-Match", seen.header("ETag")), "greeter", agent);

    assertThat(written.status()).isEqualTo(200);
    assertThat(file()).isEqualTo(REGISTRY.replace("version: 2.1.0", "version: 3.0.0"));
    Http.Response late = put(http.with("If-Match", seen.header("ETag")), "greeter", agent);
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.json().getString("code")).isEqualTo("PIRN-R031");
    agent.remove("tags");
    assertThat(put(http.with("If-Match", "*"), "greeter", agent).status()).isEqualTo(200);
    assertThat(file()).doesNotContain("dialogue").contains("# the first");
    assertThat(put(http, "greeter", agent.put("id", "x")).status()).isEqualTo(422);
  }

  @Test
  void takesAnAgentOut() {
    assertThat(http.send("DELETE", AT + "/agents/greeter", "").status()).isEqualTo(200);
    assertThat(ids("")).containsExactly("counter");
    assertThat(file()).doesNotContain("greeter").doesNotContain("Says hello");
    assertThat(Http.of(server).send("DELETE", AT + "/agents/counter", "").status()).isEqualTo(401);
  }

  @Test
  void tellsOfEachReloadAndGoesBack() {
    try (Http.Events events = http.events("")) {
      site.write(FILE, REGISTRY.replace("Counter", "Teller").replace("greeter:", "host:"));
      JsonObject event = events.await("registry.reloaded");
      assertThat(event.getString("source")).isEqualTo("registry");
      assertThat(event.getLong("generation")).isEqualTo(2);
      assertThat(event.getString("trigger")).isEqualTo("change");
      assertThat(event.getDouble("lag_ms")).isNotNull();
      assertThat(event.getInteger("agentsCount")).isEqualTo(2);
      assertThat(event.getInteger("previousCount")).isEqualTo(2);
      assertThat(texts(event, "added")).containsExactly("host");
      assertThat(texts(event, "changed")).containsExactly("counter");
      assertThat(texts(event, "removed")).containsExactly("greeter");
      site.write(FILE, "agents: [");
      JsonObject rejected = events.await("registry.rejected");
      assertThat(rejected.getLong("generation")).isEqualTo(2);
      assertThat(rejected.getInteger("agentsCount")).isEqualTo(2);
      assertThat(rejected.getJsonArray("diagnostics")).isNotEmpty();
    }
    Http.Response back = http.post(AT + "/rollback", new JsonObject().put("generation", 1));
    assertThat(back.json().getLong("generation")).isEqualTo(3);
    assertThat(ids("")).containsExactly("counter", "greeter");
    assertThat(http.get(AT + "/history").array()).hasSize(4);
    Http.Response lost = http.post(AT + "/rollback", new JsonObject().put("generation", 9));
    assertThat(lost.status()).isEqualTo(422);
    assertThat(lost.json().getString("detail")).isEqualTo("generation 9 is not kept");
  }

  @Test
  void aBrokenAgentKeepsItsLastDefinitionAndIsShownEverywhere() {
    site.write(FILE, REGISTRY.replace("version: 2.1.0", "version: two"));
    assertThat(http.post(AT + "/reload").status()).isEqualTo(200);

    JsonObject agent = http.get(AT + "/agents/greeter").json();
    assertThat(agent.getString("version")).isEqualTo("2.1.0");
    assertThat(agent.getString("state")).isEqualTo("quarantined");
    JsonObject status = http.get("/api/v1/status").json();
    assertThat(status.getString("state")).isEqualTo("degraded");
    JsonObject registry = status.getJsonObject("registry");
    assertThat(registry.getInteger("active")).isEqualTo(1);
    assertThat(texts(registry, "quarantinedAgents")).containsExactly("greeter");
    assertThat(http.get("/metrics").body())
        .contains("pirn_registry_agents{state=\"quarantined\"} 1.0")
        .contains("pirn_config_generation{source=\"registry\"} 2.0");
    assertThat(http.get(AT + "/stats").json().getInteger("refusedCount")).isEqualTo(1);
    site.write(FILE, "x: [");
    assertThat(http.post(AT + "/reload").status()).isEqualTo(422);
  }

  @Test
  void comparesWithFoldersWithoutChangingAByte() {
    site.write("agents/greeter/agent.yaml", "name: Greeter\n");
    site.write("agents/fresh/agent.yaml", "name: Fresh\n");
    JsonObject scan = new JsonObject().put("scanDirectories", new JsonArray().add("agents"));

    JsonObject found = http.post(AT + "/sync?dry_run=true", scan).json();

    assertThat(texts(found, "added")).containsExactly("fresh");
    assertThat(texts(found, "removed")).containsExactly("counter");
    assertThat(found.getBoolean("outOfStep")).isTrue();
    assertThat(file()).isEqualTo(REGISTRY);
    JsonObject all = scan.copy().put("add", true).put("remove", true);
    JsonObject done = http.post(AT + "/sync", all).json();
    assertThat(done.getBoolean("outOfStep")).isFalse();
    assertThat(ids("")).containsExactly("fresh", "greeter");
    JsonObject outside = new JsonObject().put("scanDirectories", new JsonArray().add("../x"));
    assertThat(http.post(AT + "/sync", outside).status()).isEqualTo(422);
  }

  @Test
  void whatIsWatchedNamesTheFile() {
    JsonObject watched = http.get("/api/v1/watches").array().getJsonObject(2);
    assertThat(watched.getString("source")).isEqualTo("registry");
    assertThat(watched.getBoolean("reload")).isTrue();
    assertThat(http.get("/api/v1/watches/explain?path=" + FILE).json().getString("source"))
        .isEqualTo("registry");
  }

  @Test
  void answersWithAnAgentAndThePatternForAText() {
    JsonObject answer = http.get("/api/v1/query?agent=greeter&text=find%20duplicates").json();
    assertThat(answer.getJsonObject("agent").getString("name")).isEqualTo("Greeter");
    assertThat(answer.getJsonObject("pattern").getString("name")).isEqualTo("beta");
    assertThat(answer.getJsonObject("pattern").getDouble("confidence")).isPositive();
    assertThat(answer.getJsonObject("formatted").getString("text"))
        .startsWith("# Finds duplicates");
    assertThat(http.get("/api/v1/query?agent=nobody&text=x").status()).isEqualTo(404);
  }

  @Test
  void aFileThatComesLaterCountsFromThen() {
    site.delete(FILE);
    Awaitility.await().untilAsserted(() -> assertThat(ids("")).isEmpty());
    assertThat(http.get("/api/v1/status").json().getString("state")).isEqualTo("ok");
    site.write(FILE, REGISTRY);
    Awaitility.await().untilAsserted(() -> assertThat(ids("")).hasSize(2));
  }
}
