package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.web.LiveWeb;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What other servers for developers were attacked with, by the names under which it was published:
/// each as requests to a whole server, which have to be refused.
class WebSecurityTest {
  private static final String SECRET = "TOP SECRET";

  @TempDir private static Path folder;
  private static Server server;
  private static Http http;
  private static Vertx vertx;

  @BeforeAll
  static void start() throws IOException {
    Path root = folder.resolve("site");
    Site site = Site.in(root);
    site.config("server: { port: 0 }");
    site.write("web/index.html", "<!doctype html><html><head></head><body>page</body></html>");
    site.write("web/style.css", "a{}");
    site.write("web/app.js", "const secretOfTheSource = 1");
    site.write("web/.env", SECRET);
    site.write("web/.env.local", SECRET);
    site.write("web/server.crt", SECRET);
    site.write("web/.git/config", SECRET);
    site.write("web/longname.pem", SECRET);
    site.write("public2/secret.html", SECRET);
    site.write("web2/secret.txt", SECRET);
    site.write("secret.html", SECRET);
    Files.writeString(folder.resolve("outside.txt"), SECRET);
    Files.createSymbolicLink(root.resolve("web/link.txt"), folder.resolve("outside.txt"));
    Files.createSymbolicLink(root.resolve("web/up"), folder);
    server = site.start();
    http = Http.of(server);
    vertx = Vertx.vertx();
    Awaitility.await().until(() -> http.get("/style.css").status() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CVE-2025-30208 | /@fs/etc/passwd?raw??",
        "CVE-2025-30208 | /@fs/etc/passwd?import&raw??",
        "CVE-2025-31125 | /@fs/etc/passwd?inline&import",
        "CVE-2025-31125 | /.env?raw?import",
        "CVE-2025-31125 | /.env?inline&import",
        "CVE-2025-31486 | /@fs/x/x/x/../../../../etc/passwd?.svg",
        "CVE-2025-31486 | /.env?.svg",
        "CVE-2025-32395 | /@fs/#/../../../../etc/passwd",
        "CVE-2025-32395 | /#/../.env",
        "CVE-2025-46565 | /.env/.",
        "CVE-2025-46565 | /.env/%2e",
        "CVE-2025-46565 | /server.crt/.",
        "CVE-2025-58751 | /../web2/secret.txt",
        "CVE-2025-58751 | /%2e%2e/web2/secret.txt",
        "CVE-2025-58751 | /link.txt",
        "CVE-2025-58751 | /up/outside.txt",
        "CVE-2025-58752 | /../secret.html",
        "CVE-2025-58752 | /%2e%2e/secret.html",
        "CVE-2025-58752 | /../public2/secret.html",
        "CVE-2025-62522 | /.env\\",
        "CVE-2025-62522 | /.env%5c",
        "CVE-2026-39364 | /.env?x=.css",
        "CVE-2026-39364 | /server.crt?import&url",
        "CVE-2026-39365 | /style.css.map/../../.env",
        "CVE-2026-39365 | /%2e%2e/%2e%2e/outside.txt.map",
        "CVE-2026-53571 | /.env::$DATA",
        "CVE-2026-53571 | /longname.pem::$DATA",
        "CVE-2026-53571 | /LONGNA~1.PEM",
        "GHSA-g7r4-m6w7-qqqr | /..\\..\\outside.txt",
        "GHSA-g7r4-m6w7-qqqr | /..%5c..%5coutside.txt",
        "NUL | /.env%00.css",
        "encoded slash | /..%2f..%2foutside.txt",
        "hidden | /.git/config",
        "hidden | /.env.local",
        "state folder | /../.pirn/server.json"
      })
  void readsNoFileThatIsNotAPage(String name, String path) {
    Http.Response response = http.get(path);

    assertThat(response.status()).as(name).isIn(400, 404);
    assertThat(response.body()).doesNotContain(SECRET).doesNotContain("root:");
  }

  /// CVE-2025-24010, CVE-2018-14732, CVE-2025-30360 (addresses in figures), browser-sync.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example", "https://127.0.0.1", "http://127.0.0.1", "http://192.168.1.7:8080",
        "http://[::1]", "null", "file://", "http://localhost.evil.example"
      })
  void noPageOfOthersListens(String origin) {
    for (String path : new String[] {"/ws/hotreload", "/api/v1/ws/hotreload", "/livereload"}) {
      assertThat(upgrade(path, "Origin", origin)).as(path).isEqualTo(403);
    }
    for (String path :
        new String[] {"/", "/app.js", "/@hotreload/token", "/api/v1/hotreload/status"}) {
      Http.Response response = http.with("Origin", origin).get(path);
      assertThat(response.status()).as(path).isEqualTo(403);
      assertThat(response.headers()).doesNotContainKey("access-control-allow-origin");
    }
  }

  /// CVE-2025-24010: a name server points a page's own name at this machine.
  @Test
  void noNameOfOthersLeadsHere() {
    for (String host : new String[] {"evil.example", "evil.example:80", "localhost.evil.example"}) {
      for (String path : new String[] {"/", "/app.js", "/@hotreload/client.js", "/ws/hotreload"}) {
        assertThat(http.with("Host", host).get(path).status()).isEqualTo(403);
      }
      assertThat(upgrade("/ws/hotreload", "Host", host)).isEqualTo(403);
    }
  }

  /// GHSA-67mh-4wv8-2f99, CVE-2025-24010: nothing may be read across origins.
  @Test
  void nothingIsSharedWithOtherOrigins() {
    for (String path :
        new String[] {"/", "/app.js", "/style.css", "/@hotreload/client.js", "/livereload.js"}) {
      Http.Response response = http.get(path);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers()).doesNotContainKey("access-control-allow-origin");
      assertThat(response.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
  }

  /// CVE-2025-30359: a page includes a script of ours as its own, and looks what it does.
  @Test
  void noPageOfOthersIncludesAScript() {
    for (String site : new String[] {"cross-site", "same-site"}) {
      Http.Response response =
          http.with("Sec-Fetch-Site", site)
              .with("Sec-Fetch-Mode", "no-cors")
              .with("Sec-Fetch-Dest", "script")
              .get("/app.js");
      assertThat(response.status()).isEqualTo(403);
      assertThat(response.body()).doesNotContain("secretOfTheSource");
    }
    // The client holds no secret: the token stands in documents, which nobody else can read.
    assertThat(http.get("/@hotreload/client.js").body()).doesNotContain(key());
  }

  private static String key() {
    String page = http.get("/").body();
    return page.replaceAll("(?s).*data-key=\"([0-9a-f]{32})\".*", "$1");
  }

  /// CVE-2026-39363 (`vite:invoke` reads files), CVE-2025-24964 (tests are saved and run): what a
  /// page can say does neither, even to one that knows the token.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":\"vite:invoke\",\"name\":\"fetchModule\",\"data\":[\"file:///etc/passwd?raw\"]}",
        "{\"t\":\"saveTestFile\",\"path\":\"web/x.js\",\"content\":\"x\"}",
        "{\"t\":\"rerun\"}",
        "{\"t\":\"tests\"}",
        "{\"type\":\"custom\",\"event\":\"vite:invoke\"}"
      })
  void noMessageReadsAFileOrRunsAnything(String message) throws Exception {
    WebSocketClient client = vertx.createWebSocketClient();
    CompletableFuture<Short> closed = new CompletableFuture<>();
    WebSocket socket =
        client
            .connect(own("/ws/hotreload"))
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    socket.closeHandler(_ -> closed.complete(socket.closeStatusCode()));
    socket.writeTextMessage(
        "{\"t\":\"hi\",\"key\":\"%s\",\"since\":null,\"page\":\"/\"}".formatted(key()));
    socket.writeTextMessage(message);

    assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo((short) 1008);
    assertThat(folder.resolve("site/web/x.js")).doesNotExist();
  }

  private static WebSocketConnectOptions own(String path) {
    URI url = URI.create(server.url());
    return new WebSocketConnectOptions()
        .setHost(url.getHost())
        .setPort(url.getPort())
        .setURI(path)
        .addSubProtocol(LiveWeb.SUBPROTOCOL)
        .putHeader("Origin", server.url());
  }

  private static int upgrade(String path, String header, String value) {
    WebSocketConnectOptions options = own(path);
    options.getHeaders().set(header, value);
    return SocketClient.status(vertx.createWebSocketClient(), options);
  }
}
