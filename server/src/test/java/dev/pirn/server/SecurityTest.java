package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityTest {
  @TempDir private static Path folder;
  private static Server server;
  private static Http http;

  @BeforeAll
  static void start() {
    Site site = Site.in(folder);
    site.config("server: { names: [pirn.example] }");
    server = site.start();
    http = Http.of(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil", "", "a b", "x@y"})
  void refusesHostsThatANameServerMayPointHere(String host) {
    for (String path : new String[] {"/", "/api/v1/patterns", "/metrics", "/api/v1/ws/events"}) {
      Http.Response refused = http.with("Host", host).get(path);

      assertThat(refused.status()).isIn(400, 403);
      assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost:7474",
        "LOCALHOST",
        "app.localhost:1",
        "[::1]:80",
        "pirn.example"
      })
  void answersToItsOwnNames(String host) {
    assertThat(http.with("Host", host).get("/healthz").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "http://127.0.0.1:1",
        "https://127.0.0.1",
        "file://"
      })
  void refusesPagesOfOthers(String origin) {
    Http page = http.with("Origin", origin);

    assertThat(page.get("/api/v1/patterns").status()).isEqualTo(403);
    assertThat(page.token(server).post("/api/v1/patterns/reload").json().getString("code"))
        .isEqualTo("PIRN-S022");
  }

  @ParameterizedTest
  @CsvSource({
    "cross-site,cors,403",
    "same-site,cors,403",
    "same-origin,cors,200",
    "none,navigate,200",
    "cross-site,navigate,200"
  })
  void believesABrowserThatSaysWhereARequestComesFrom(String site, String mode, int status) {
    Http browser = http.with("Sec-Fetch-Site", site).with("Sec-Fetch-Mode", mode);

    assertThat(browser.get("/api/v1/patterns").status()).isEqualTo(status);
  }

  @Test
  void needsTheTokenForWhateverChangesSomething() {
    String reload = "/api/v1/patterns/reload";
    Http.Response refused = http.post(reload);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(refused.body()).doesNotContain(server.token());
    assertThat(http.with("Authorization", "Bearer wrong").post(reload).status()).isEqualTo(401);
    assertThat(http.with("X-Pirn-Token", server.token() + "0").post(reload).status())
        .isEqualTo(401);

    assertThat(http.token(server).post(reload).status()).isEqualTo(200);
    assertThat(http.with("X-Pirn-Token", server.token()).post(reload).status()).isEqualTo(200);
    assertThat(http.with("Origin", server.url()).post(reload).status()).isEqualTo(200);
  }

  @Test
  void letsNoOtherPageReadAnything() {
    Http.Response answer = http.get("/api/v1/patterns");

    assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
    assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(http.get("/").header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/patterns/..%2f..%2fetc%2fpasswd",
        "/api/v1/patterns/%2e%2e/%2e%2e/etc",
        "/api/v1/patterns/../status",
        "/api/v1/patterns/a%00b",
        "/api/v1/patterns/a%0ab",
        "/api/v1/patterns/a%5cb",
        "/api/v1/patterns/%zz",
        "//evil.example/api",
        "http://evil.example/",
        "*"
      })
  void refusesPathsThatAreUpToSomething(String path) {
    Http.Response refused = http.get(path);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().getString("code")).isEqualTo("PIRN-S020");
  }

  @Test
  void answersWhateverItDoesNotTakeInTheSameForm() {
    Http.Response method = http.token(server).send("PUT", "/api/v1/patterns", "x");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Allow")).isEqualTo("GET, HEAD, POST");
    assertThat(method.json().getString("code")).isEqualTo("PIRN-S025");
    assertThat(http.send("OPTIONS", "/api/v1/status", "").status()).isEqualTo(405);
    assertThat(http.get("/nowhere").json().getString("code")).isEqualTo("PIRN-S024");
    assertThat(http.get("/api/v1/ws/events").status()).isEqualTo(426);

    Http.Response head = http.send("HEAD", "/api/v1/patterns", "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("ETag")).isNotNull();
    assertThat(http.send("HEAD", "/nowhere", "").status()).isEqualTo(404);
  }

  @Test
  void refusesWhatIsTooLargeOrNotARequest() {
    assertThat(http.with("X", "x".repeat(20_000)).get("/").status()).isEqualTo(431);
    assertThat(http.get("/" + "x".repeat(10_000)).status()).isEqualTo(414);
    Http.Response garbage =
        http.raw("\u0001\u0002 nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    assertThat(garbage.status()).isEqualTo(400);
    assertThat(garbage.json().getString("code")).isEqualTo("PIRN-S032");
    JsonObject large = new JsonObject().put("generation", "x".repeat(100_000));
    assertThat(http.token(server).post("/api/v1/patterns/rollback", large).status()).isEqualTo(413);
    // Announced only, never sent: refused before a byte of it is taken.
    byte[] announced =
        ("POST /api/v1/patterns HTTP/1.1\r\nHost: localhost\r\nX-Pirn-Token: "
                + server.token()
                + "\r\nContent-Length: 52428800\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(http.raw(announced).status()).isEqualTo(413);
    assertThat(http.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void hasTwoHostsRefused() {
    byte[] two =
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n".getBytes(StandardCharsets.UTF_8);

    assertThat(http.raw(two).status()).isIn(400, 403);
  }
}
