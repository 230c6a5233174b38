package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.web.Raw.Response;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
  private static final String PAGE =
      "<!doctype html><html><head><title>t</title></head><body>x</body></html>";

  @TempDir private Path folder;
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("web"));
    server = WebServer.of(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void follow(String file, String text) {
    String url = "/" + file;
    server.write(file, text);
    Awaitility.await().until(() -> server.web().follows(url));
  }

  @Test
  void servesWhatItFollowsWithItsDigest() {
    follow("style.css", "a{}");

    Response response = Raw.get(server, "/style.css");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("a{}");
    assertThat(response.header("Content-Type")).isEqualTo("text/css; charset=utf-8");
    assertThat(response.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(response.headers()).doesNotContainKey("access-control-allow-origin");
    String tag = response.header("ETag");
    assertThat(tag).isEqualTo("\"" + Pages.digest("a{}".getBytes(StandardCharsets.UTF_8)) + "\"");
    Response known = Raw.get(server, "/style.css", "If-None-Match: \"x\", W/" + tag);
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    Response head = Raw.send(server, "HEAD", "/style.css");
    assertThat(head.header("Content-Length")).isEqualTo("3");
    assertThat(head.body()).isEmpty();
    assertThat(Raw.send(server, "POST", "/style.css").status()).isEqualTo(404);
  }

  @Test
  void servesWhatItDoesNotFollowFromTheDisk() {
    server.write("film.mp4", "0123456789");

    Response whole = Raw.get(server, "/film.mp4");
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.header("Content-Type")).isEqualTo("video/mp4");
    assertThat(whole.header("ETag")).startsWith("\"");
    assertThat(Raw.get(server, "/film.mp4", "If-None-Match: " + whole.header("ETag")).status())
        .isEqualTo(304);
    assertThat(Raw.get(server, "/film.mp4", "Range: bytes=2-4").body()).isEqualTo("234");
    assertThat(Raw.get(server, "/film.mp4", "Range: bytes=-3").body()).isEqualTo("789");
    Response part = Raw.get(server, "/film.mp4", "Range: bytes=8-");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("Content-Range")).isEqualTo("bytes 8-9/10");
    assertThat(Raw.get(server, "/film.mp4", "Range: bytes=8-", "If-Range: \"old\"").status())
        .isEqualTo(200);
    assertThat(Raw.get(server, "/film.mp4", "Range: bytes=99-").status()).isEqualTo(416);
    assertThat(Raw.get(server, "/film.mp4", "Range: lines=1").status()).isEqualTo(200);
  }

  @Test
  void followsButDoesNotKeepWhatIsLarge() {
    String large = "/*" + "x".repeat(FileDecoder.MOST_KEPT) + "*/";
    follow("large.css", large);

    assertThat(Raw.get(server, "/large.css").body()).isEqualTo(large);
  }

  @Test
  void givesAFolderItsPage() {
    follow("index.html", PAGE);
    follow("a/index.html", PAGE);

    assertThat(Raw.get(server, "/").body()).contains("<title>t</title>");
    assertThat(Raw.get(server, "/a/").body()).contains("data-page=\"/a/index.html\"");
    Response bare = Raw.get(server, "/a?x=1");
    assertThat(bare.status()).isEqualTo(302);
    assertThat(bare.header("Location")).isEqualTo("/a/?x=1");
  }

  @Test
  void putsTheClientIntoDocumentsOnly() {
    follow("index.html", PAGE);
    follow("part.html", "<p>only a part</p>");

    String page = Raw.get(server, "/index.html").body();
    String digest = Pages.digest(PAGE.getBytes(StandardCharsets.UTF_8));
    assertThat(page)
        .matches(
            "<!doctype html><html><head><script src=\"/@hotreload/client.js\""
                + " data-key=\"[0-9a-f]{32}\" data-epoch=\"[0-9a-f]{12}\" data-seq=\"[0-9]+\""
                + " data-page=\"/index.html\" data-digest=\""
                + digest
                + "\"></script><title>t</title></head><body>x</body></html>");
    assertThat(Raw.get(server, "/index.html", "Sec-Fetch-Dest: empty").body()).isEqualTo(PAGE);
    assertThat(
            Raw.get(server, "/index.html", "Sec-Fetch-Dest: empty", "X-Pirn-Hot: document").body())
        .isEqualTo(page);
    assertThat(Raw.get(server, "/part.html").body()).isEqualTo("<p>only a part</p>");
    assertThat(Raw.get(server, "/@hotreload/served?digest=" + digest).body()).isEqualTo(PAGE);
    Response unknown = Raw.get(server, "/@hotreload/served?digest=x");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(new JsonObject(unknown.body()).getString("code")).isEqualTo("PIRN-B005");
    assertThat(new JsonObject(unknown.body()).getString("detail"))
        .isEqualTo("this document is not kept any more");
  }

  @Test
  void givesModulesTheirAddressesInThePage() {
    follow("a.js", "import './b.js'; import x from 'bare'; import('./c.js?q#h')");
    follow("b.js", "export const b = 1");
    follow("c.js", "if (import.meta.hot) import.meta.hot.accept()");
    long base = server.web().status().getLong("seq");
    follow("d.js", "1");
    server.write("b.js", "export const b = 2");
    server.write("c.js", "if (import.meta.hot) import.meta.hot.accept();");
    Awaitility.await().until(() -> Raw.get(server, "/c.js").body().endsWith("accept();"));
    Awaitility.await().until(() -> Raw.get(server, "/b.js").body().endsWith("2"));

    assertThat(Raw.get(server, "/a.js").body())
        .isEqualTo("import './b.js'; import x from 'bare'; import('./c.js?q#h')");
    assertThat(Raw.get(server, "/a.js?hot=%d.%d".formatted(base, base + 3)).body())
        .matches(
            "import './b\\.js\\?hot=%1$d\\.[0-9]+'; import x from 'bare';".formatted(base)
                + " import\\('\\./c\\.js\\?q&hot=%1$d\\.[0-9]+#h'\\)".formatted(base));
    assertThat(Raw.get(server, "/a.js?hot=%1$d.%1$d".formatted(base + 99)).body())
        .isEqualTo("import './b.js'; import x from 'bare'; import('./c.js?q#h')");
    assertThat(Raw.get(server, "/c.js").body())
        .isEqualTo(
            "import{hot as __pirn}from\"/@hotreload/hot.js\";import.meta.hot=__pirn(import.meta.url);"
                + "if (import.meta.hot) import.meta.hot.accept();");
  }

  @Test
  void aPageThatIsNotThereYetFollowsToo() {
    follow("index.html", PAGE);

    Response nothing = Raw.get(server, "/later.html", "Sec-Fetch-Mode: navigate");

    assertThat(nothing.status()).isEqualTo(404);
    assertThat(nothing.body())
        .contains("data-page=\"/later.html\"")
        .contains(
            """
            error[PIRN-B006]: there is nothing at /later.html
              = this page follows: it shows the file as soon as it is there
              help: write the file, or mend the address
            """);
    assertThat(Raw.get(server, "/later.html").body()).isEqualTo("nothing");
  }

  /// Files that must not be served, however they are asked for.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.env",
        "/.env/.",
        "/.env?raw",
        "/.env?raw??",
        "/.env?inline&import",
        "/.git/config",
        "/server.pem",
        "/id_rsa",
        "/id_rsa.pub",
        "/keys.p12",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/x/../../secret.txt",
        "/@fs/etc/passwd",
        "/@fs/etc/passwd?raw??",
        "/../web2/secret.txt",
        "/%2e%2e/web2/secret.txt",
        "/link.txt",
        "/linked/secret.txt",
        "/.env%00.css",
        "/secret.txt::$DATA",
        "/SECRET~1.TXT",
        "/.env.",
        "/.env%20",
        "/.env/",
        "/.env\\",
        "//etc/passwd",
        "/style.css/../.env",
        "/%c0%ae%c0%ae/secret.txt",
        "/.env#.css",
        "/style.css.map/../../../secret.txt"
      })
  void neverServesWhatIsHiddenOrElsewhere(String path) throws IOException {
    follow("index.html", PAGE);
    for (String file : Set.of(".env", ".git/config", "server.pem", "id_rsa", "id_rsa.pub")) {
      server.write(file, "TOP SECRET");
    }
    server.write("keys.p12", "TOP SECRET");
    Files.writeString(folder.resolve("secret.txt"), "TOP SECRET");
    Files.createDirectories(folder.resolve("web2"));
    Files.writeString(folder.resolve("web2/secret.txt"), "TOP SECRET");
    Files.createSymbolicLink(folder.resolve("web/link.txt"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(folder.resolve("web/linked"), folder.resolve("web2"));

    Response response = Raw.get(server, path);

    assertThat(response.status()).isIn(400, 404);
    assertThat(response.body()).doesNotContain("TOP SECRET").doesNotContain("root:");
  }

  @ParameterizedTest
  @CsvSource({
    "/a%2fb, the path must not contain \"a/b\"",
    "/a/../b, the path must not contain \"..\"",
    "/a#b, the path must not contain \"#\""
  })
  void saysWhatIsWrongWithAPath(String path, String detail) {
    JsonObject problem = new JsonObject(Raw.get(server, path).body());

    assertThat(problem.getString("code")).isEqualTo("PIRN-B004");
    assertThat(problem.getString("detail")).isEqualTo(detail);
    assertThat(problem.getString("help"))
        .isEqualTo("write the address as a browser does, without \"..\" and encoded slashes");
  }

  @Test
  void withoutFollowingThereIsNeitherScriptNorSocket() {
    follow("index.html", PAGE);
    server.restart(options -> options.live(false));

    assertThat(Raw.get(server, "/").body()).isEqualTo(PAGE);
    for (String path :
        Set.of("/@hotreload/client.js", "/@hotreload/token", "/livereload.js", "/ws/hotreload")) {
      assertThat(Raw.get(server, path).status()).as(path).isEqualTo(404);
    }
    assertThat(PageClient.refusal(server, "/ws/hotreload", server.url())).isEqualTo(404);
    assertThat(PageClient.refusal(server, "/livereload", server.url())).isEqualTo(404);
  }

  @Test
  void scriptsOfTheClientAreForPagesOfThisServerAndThoseThatAreNamed() {
    server.restart(options -> options.origins(List.of("http://localhost:3000")));
    assertThat(Raw.get(server, "/@hotreload/client.js").status()).isEqualTo(200);
    Response named = Raw.get(server, "/@hotreload/client.js", "Origin: http://localhost:3000");
    assertThat(named.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
    assertThat(named.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    Response foreign = Raw.get(server, "/@hotreload/client.js", "Origin: http://evil.example");
    assertThat(foreign.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(foreign.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    Response token = Raw.get(server, "/@hotreload/token", "Origin: http://evil.example");
    assertThat(token.status()).isEqualTo(403);
    assertThat(new JsonObject(token.body()).getString("detail"))
        .isEqualTo("pages of \"http://evil.example\" may not follow these files");
    assertThat(new JsonObject(token.body()).getString("help"))
        .isEqualTo("if they are yours, name it under \"web.origins\" in pirn.yaml");
    assertThat(Raw.get(server, "/@hotreload/token", "Sec-Fetch-Site: cross-site").status())
        .isEqualTo(403);
  }
}
