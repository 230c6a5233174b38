package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternRoutesTest {
  private static final String AT = "/api/v1/patterns";

  @TempDir private Path folder;
  private Site site;
  private Server server;
  private Http http;

  @BeforeEach
  void start() {
    site = Site.in(folder);
    site.write(
        "patterns/sql/join.yaml",
        """
        name: join
        category: sql
        title: Join two tables
        description: Joins
        backend_type: teradata
        templates:
          main: "SELECT 2"
        """);
    server = site.start();
    http = Http.of(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsWhatToolsRelyOn() {
    Http.Response list = http.get(AT);

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.header("Content-Type")).isEqualTo("application/json");
    assertThat(list.array())
        .first()
        .isEqualTo(
            new JsonObject()
                .put("name", "alpha")
                .put("title", "Counts rows")
                .put("category", "analytics")
                .put("backendType", "postgres")
                .put("difficulty", "intermediate")
                .put("file", "patterns/alpha.yaml")
                .put("generation", 1)
                .put("state", "active"));
  }

  @Test
  void filtersAndSearchWins() {
    assertThat(http.get(AT + "?category=sql").names()).containsExactly("join");
    assertThat(http.get(AT + "?backend=postgres").names()).containsExactly("alpha", "beta");
    assertThat(http.get(AT + "?difficulty=beginner").names()).containsExactly("join");
    assertThat(http.get(AT + "?domain=teradata").names()).containsExactly("join");
    assertThat(http.get(AT + "?category=sql&search=duplicates").names()).containsExactly("beta");
    assertThat(http.get(AT + "?category=nothing").names()).isEmpty();
  }

  @Test
  void refusesAParameterThatItDoesNotKnow() {
    Http.Response refused = http.get(AT + "?categroy=sql");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().getString("detail"))
        .isEqualTo("\"categroy\" must be one of backend, category, difficulty, domain, search");
  }

  @Test
  void givesAWholePatternWithTheDigestAsItsTag() {
    Http.Response whole = http.get(AT + "/join");
    JsonObject json = whole.json();

    assertThat(json.getString("digest")).hasSize(64);
    assertThat(whole.header("ETag")).isEqualTo("\"" + json.getString("digest") + "\"");
    assertThat(json.getJsonObject("templates").getJsonObject("main").getString("content"))
        .isEqualTo("SELECT 2");
    assertThat(json.getString("file")).isEqualTo("patterns/sql/join.yaml");
  }

  @Test
  void saysNothingTwice() {
    String tag = http.get(AT + "/join").header("ETag");
    String list = http.get(AT).header("ETag");

    Http.Response same = http.with("If-None-Match", "\"x\", W/" + tag).get(AT + "/join");
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.header("ETag")).isEqualTo(tag);
    assertThat(same.body()).isEmpty();
    assertThat(http.with("If-None-Match", list).get(AT).status()).isEqualTo(304);
    assertThat(http.with("If-None-Match", "\"x\"").get(AT + "/join").status()).isEqualTo(200);
  }

  @Test
  void namesWhatIsLikeANameThatIsNotThere() {
    Http.Response missing = http.get(AT + "/alpa");

    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(missing.json())
        .contains(
            java.util.Map.entry("code", "PIRN-P030"),
            java.util.Map.entry("detail", "pattern not found: alpa"),
            java.util.Map.entry("help", "did you mean \"alpha\"?"),
            java.util.Map.entry("status", 404));
  }

  @Test
  void searchesAndRecommends() {
    JsonArray hits = http.get(AT + "/search?q=duplicates").array();
    assertThat(hits.getJsonObject(0).getString("name")).isEqualTo("beta");
    assertThat(hits.getJsonObject(0).getDouble("score")).isPositive();
    assertThat(http.get(AT + "/search?q=").names()).containsExactly("alpha", "beta", "join");
    assertThat(http.get(AT + "/search").status()).isEqualTo(400);

    JsonArray best = http.get(AT + "/recommend?message=find%20duplicates").array();
    assertThat(best.getJsonObject(0).getString("name")).isEqualTo("beta");
    assertThat(best.getJsonObject(0).getDouble("confidence")).isBetween(0.0, 0.9);
  }

  @Test
  void formatsWithinABudget() {
    JsonObject text = http.get(AT + "/alpha/format?budget=300").json();

    assertThat(text.getString("text")).startsWith("# Counts rows");
    assertThat(text.getInteger("tokens")).isLessThanOrEqualTo(300);
    assertThat(http.get(AT + "/alpha/format?budget=199").json().getString("detail"))
        .isEqualTo("\"budget\" must be a whole number from 200 to 1000000, found \"199\"");
    assertThat(http.get(AT + "/alpha/format?budget=many").status()).isEqualTo(400);
  }

  @Test
  void followsAnEditAndGoesBack() {
    site.pattern("alpha", "Counts more");
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(http.get(AT + "/alpha").json().getString("title")).isEqualTo("Counts more"));
    List<?> history = http.get(AT + "/history").array().getList();
    assertThat(history).hasSize(2);

    Http.Response back =
        http.token(server).post(AT + "/rollback", new JsonObject().put("generation", 1));

    assertThat(back.status()).isEqualTo(200);
    assertThat(back.json().getLong("generation")).isEqualTo(3);
    assertThat(http.get(AT + "/alpha").json().getString("title")).isEqualTo("Counts rows");
  }

  @Test
  void cannotGoBackToWhatIsNotKept() {
    Http client = http.token(server);

    Http.Response refused = client.post(AT + "/rollback", new JsonObject().put("generation", 7));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().getString("detail")).isEqualTo("generation 7 is not kept");
    assertThat(refused.json().getString("help")).isEqualTo("what is kept: 1");
    assertThat(client.post(AT + "/rollback", new JsonObject().put("generation", "x")).status())
        .isEqualTo(422);
    assertThat(client.yaml(AT + "/rollback", "generation: 1").status()).isEqualTo(415);
  }

  @Test
  void reloadsOneOrAll() {
    Http client = http.token(server);
    JsonObject one = client.post(AT + "/join/reload").json();
    assertThat(one.getString("outcome")).isEqualTo("unchanged");
    assertThat(one.getString("trigger")).isEqualTo("reload");
    assertThat(client.post(AT + "/reload").json().getString("outcome")).isEqualTo("unchanged");
    assertThat(client.post(AT + "/nothing/reload").json().getString("code")).isEqualTo("PIRN-P031");
  }

  @Test
  void keepsWhatWasGoodWhenAFileBreaksAndSaysSo() {
    site.write("patterns/alpha.yaml", "name: alpha\ncategory: [");
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(http.get(AT + "/alpha").json().getString("state")).isEqualTo("quarantined"));

    assertThat(http.get(AT + "/alpha").json().getString("title")).isEqualTo("Counts rows");
    Http.Response reload = http.token(server).post(AT + "/alpha/reload");
    assertThat(reload.status()).isEqualTo(422);
    JsonObject first = reload.json().getJsonArray("diagnostics").getJsonObject(0);
    assertThat(first.getString("file")).isEqualTo("patterns/alpha.yaml");
    assertThat(first.getInteger("line")).isPositive();
    JsonObject status = http.get("/api/v1/status").json();
    assertThat(status.getString("state")).isEqualTo("degraded");
    assertThat(status.getJsonObject("patterns").getInteger("quarantined")).isEqualTo(1);
    assertThat(status.getJsonObject("patterns").getJsonArray("quarantinedFiles"))
        .containsExactly("patterns/alpha.yaml");
  }
}
