package dev.pirn.web;

import static dev.pirn.web.UpstreamRig.PAGE;
import static dev.pirn.web.UpstreamRig.SHOWN;
import static dev.pirn.web.UpstreamRig.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.web.UpstreamRig.Answer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is passed on, and what is changed.
class UpstreamTest {
  @RegisterExtension final UpstreamRig rig = new UpstreamRig();

  private static void html(HttpServerRequest request, String... headers) {
    html(request, Buffer.buffer(PAGE), headers);
  }

  private static void html(HttpServerRequest request, Buffer body, String... headers) {
    request.response().putHeader("Content-Type", "text/html; charset=UTF-8");
    for (int i = 0; i < headers.length; i += 2) {
      request.response().putHeader(headers[i], headers[i + 1]);
    }
    request.response().end(body);
  }

  @Test
  void aDocumentIsChangedAndSoIsWhatIsSaidOfIt() {
    rig.with(request ->
        html(
            request,
            "ETag",
            "\"theirs\"",
            "Last-Modified",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Accept-Ranges",
            "bytes",
            "Content-MD5",
            "x",
            "Cache-Control",
            "max-age=5",
            "Set-Cookie",
            "a=b",
            "X-Other",
            "y"));
    Answer answer = rig.get("/a?b=c", "Accept-Encoding", "gzip, br");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(SHOWN);
    assertThat(answer.headers().names())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .containsExactlyInAnyOrder(
            "content-type",
            "content-length",
            "etag",
            "date",
            "cache-control",
            "set-cookie",
            "x-other");
    assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=UTF-8");
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length());
    assertThat(answer.header("ETag")).matches("\"[0-9a-f]{64}\"");
    assertThat(answer.header("Cache-Control")).isEqualTo("max-age=5");
    assertThat(rig.asked.getFirst().get("Accept-Encoding")).isEqualTo("identity");
  }

  @Test
  void theUpstreamIsAskedByItsOwnPages() {
    rig.with(UpstreamTest::html);
    String own = "127.0.0.1:" + rig.port;
    String upstream = "127.0.0.1:" + rig.upstreamPort;
    rig.get(
        "/",
        "Origin",
        "http://" + own,
        "X-Forwarded-For",
        "10.0.0.1",
        "Connection",
        "X-Mine",
        "X-Mine",
        "1",
        "Cookie",
        "a=b");
    MultiMap asked = rig.asked.getFirst();
    assertThat(asked.get("Host")).isEqualTo(upstream);
    assertThat(asked.get("Origin")).isEqualTo("http://" + upstream);
    assertThat(asked.getAll("X-Forwarded-Host")).containsExactly(own);
    assertThat(asked.getAll("X-Forwarded-Proto")).containsExactly("http");
    assertThat(asked.getAll("X-Forwarded-For")).containsExactly("10.0.0.1, 127.0.0.1");
    assertThat(asked.get("Cookie")).isEqualTo("a=b");
    assertThat(asked.contains("X-Mine")).isFalse();
    rig.get("/", "Origin", "http://elsewhere.test");
    assertThat(rig.asked.get(1).get("Origin")).isEqualTo("http://elsewhere.test");
  }

  private static Buffer packed(String coding, byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (coding) {
          case "gzip" -> new GZIPOutputStream(packed);
          case "deflate" -> new DeflaterOutputStream(packed);
          default -> new DeflaterOutputStream(packed, new Deflater(6, true));
        }) {
      out.write(bytes);
    }
    return Buffer.buffer(packed.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({"gzip, gzip", "gzip, X-GZIP", "deflate, deflate", "raw, deflate"})
  void aDocumentIsUnpackedWhoeverPackedItUnasked(String how, String name) throws IOException {
    Buffer packed = packed(how, PAGE.getBytes(StandardCharsets.UTF_8));
    rig.with(request -> html(request, packed, "Content-Encoding", name));
    Answer answer = rig.get("/");
    assertThat(answer.text()).isEqualTo(SHOWN);
    assertThat(answer.headers().contains("Content-Encoding")).isFalse();
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip, gzip", "gzip", "deflate"})
  void whatCannotBeUnpackedIsPassedOn(String coding) {
    Buffer body = Buffer.buffer("not packed with it");
    rig.with(request -> html(request, body, "Content-Encoding", coding, "ETag", "\"theirs\""));
    Answer answer = rig.get("/");
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
    assertThat(answer.header("ETag")).isEqualTo("\"theirs\"");
  }

  @Test
  void whatIsTooLargeOnceUnpackedIsPassedOn() throws IOException {
    byte[] large =
        (PAGE + " ".repeat(Upstream.MOST_DOCUMENT_BYTES)).getBytes(StandardCharsets.UTF_8);
    Buffer packed = packed("gzip", large);
    assertThat(packed.length()).isLessThan(100_000);
    rig.with(request -> html(request, packed, "Content-Encoding", "gzip"));
    assertThat(rig.get("/").body()).isEqualTo(packed);
  }

  @Test
  void aDocumentInPiecesIsPutTogether() {
    rig.with(request -> {
      request.response().setChunked(true).putHeader("Content-Type", "TEXT/HTML");
      for (char c : PAGE.toCharArray()) {
        request.response().write(String.valueOf(c));
      }
      request.response().end();
    });
    Answer answer = rig.get("/");
    assertThat(answer.text()).isEqualTo(SHOWN);
    assertThat(answer.headers().contains("Transfer-Encoding")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 500, 503})
  void errorsHavePagesToo(int status) {
    rig.with(request -> {
      request.response().setStatusCode(status);
      html(request);
    });
    Answer answer = rig.get("/", "If-None-Match", "*");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(SHOWN);
    assertThat(answer.headers().contains("ETag")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html             | X | y                          | <p>no whole document
          text/html             | Content-Disposition | attachment; filename=a.html | <!doctype html><p>x
          application/xhtml+xml | X | y                          | <!doctype html><p>x
          text/css              | X | y                          | a { b: c }
          text/plain            | X | y                          | <!doctype html><p>x
          """)
  void everythingElseIsPassedOn(String type, String name, String value, String body) {
    rig.with(request -> {
      request
          .response()
          .putHeader("Content-Type", type)
          .putHeader("ETag", "W/\"theirs\"")
          .putHeader(name, value)
          .end(body);
    });
    Answer answer = rig.get("/");
    assertThat(answer.text()).isEqualTo(body);
    assertThat(answer.header("Content-Type")).isEqualTo(type);
    assertThat(answer.header("ETag")).isEqualTo("W/\"theirs\"");
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length());
    assertThat(answer.headers().contains("X-Content-Type-Options")).isFalse();
  }

  @Test
  void whatIsNotAskedForAsADocumentIsPassedOn() throws IOException {
    Buffer packed = packed("gzip", PAGE.getBytes(StandardCharsets.UTF_8));
    rig.with(request -> html(request, packed, "Content-Encoding", "gzip"));
    Answer answer = rig.get("/", "Sec-Fetch-Dest", "empty", "Accept-Encoding", "gzip");
    assertThat(answer.body()).isEqualTo(packed);
    assertThat(rig.asked.getFirst().get("Accept-Encoding")).isEqualTo("gzip");
    for (String destination : new String[] {"document", "iframe", "frame"}) {
      assertThat(rig.get("/", "Sec-Fetch-Dest", destination).text()).isEqualTo(SHOWN);
    }
    assertThat(rig.get("/", "Sec-Fetch-Dest", "empty", "X-Pirn-Hot", "document").text())
        .isEqualTo(SHOWN);
  }

  @Test
  void whatABrowserHasIsNotSentAgain() {
    String[] page = {PAGE};
    rig.with(request -> html(request, Buffer.buffer(page[0])));
    String etag = rig.get("/").header("ETag");
    Answer again = rig.get("/", "If-None-Match", "\"x\", W/" + etag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body().length()).isZero();
    assertThat(again.header("ETag")).isEqualTo(etag);
    assertThat(again.headers().contains("Content-Length")).isFalse();
    assertThat(again.headers().contains("Transfer-Encoding")).isFalse();
    page[0] = PAGE.replace("ü", "ä");
    Answer changed = rig.get("/", "If-None-Match", etag);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(etag);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void anAnswerWithoutABodyHasNoneHere(int status) throws IOException {
    rig.with(request -> request.response().setStatusCode(status).putHeader("ETag", "\"a\"").end());
    try (var socket = rig.send("GET /a.png HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"a\"\r\n\r\n")) {
      String head = UpstreamRig.head(socket.getInputStream()).toLowerCase(Locale.ROOT);
      assertThat(head)
          .startsWith("http/1.1 " + status)
          .contains("etag: \"a\"")
          .doesNotContain("transfer-encoding")
          .doesNotContain("content-length");
      // The connection goes on with the next answer.
      UpstreamRig.write(socket.getOutputStream(), "GET /b.png HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(UpstreamRig.head(socket.getInputStream())).startsWith("HTTP/1.1 " + status);
    }
    assertThat(rig.asked.getFirst().get("If-None-Match")).isEqualTo("\"a\"");
  }

  @Test
  void aHeadOfADocumentPromisesNothingAboutIt() {
    rig.with(request ->
        html(
            request,
            request.method().equals(HttpMethod.HEAD) ? Buffer.buffer() : Buffer.buffer(PAGE),
            "Content-Length",
            "" + PAGE.length(),
            "ETag",
            "\"theirs\""));
    Answer answer = rig.ask(HttpMethod.HEAD, "/", Buffer.buffer());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=UTF-8");
    assertThat(answer.headers().contains("ETag")).isFalse();
    assertThat(answer.headers().contains("Content-Length")).isFalse();
  }

  @Test
  void aHeadOfAnythingElseIsPassedOn() {
    rig.with(request -> request.response().putHeader("Content-Length", "123").end());
    assertThat(rig.ask(HttpMethod.HEAD, "/a.png", Buffer.buffer()).header("Content-Length"))
        .isEqualTo("123");
  }

  @Test
  void theNonceOfThePolicyIsGivenOn() {
    rig.with(request -> html(request, "Content-Security-Policy", "script-src 'nonce-abc='"));
    Answer answer = rig.get("/");
    assertThat(answer.text()).contains("<script nonce=abc=></script>");
    assertThat(answer.header("Content-Security-Policy")).isEqualTo("script-src 'nonce-abc='");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/form"})
  void bodiesArePassedOn(String path) {
    rig.with(request ->
        request
            .body()
            .onSuccess(body -> {
              request.response().putHeader("Content-Type", "application/octet-stream");
              request
                  .response()
                  .putHeader("X-Length", String.valueOf(request.getHeader("Content-Length")));
              request.response().end(body);
            }));
    Buffer body = Buffer.buffer("0123456789".repeat(300_000));
    Answer answer = rig.ask(HttpMethod.POST, path, body);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.header("X-Length")).isEqualTo("3000000");
  }

  @Test
  void whoAsksWhetherToSendABodyIsToldToAtOnce() throws IOException {
    rig.with(request -> request.body().onSuccess(body -> request.response().end(body)));
    try (var socket =
        rig.send(
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")) {
      assertThat(UpstreamRig.head(socket.getInputStream())).startsWith("HTTP/1.1 100 Continue");
      UpstreamRig.write(socket.getOutputStream(), "hi");
      assertThat(UpstreamRig.head(socket.getInputStream())).startsWith("HTTP/1.1 200 OK");
      assertThat(socket.getInputStream().readNBytes(2)).containsExactly('h', 'i');
    }
    assertThat(rig.asked.getFirst().contains("Expect")).isFalse();
  }

  @Test
  void theAnswerToAFormIsADocumentWithoutATag() {
    rig.with(UpstreamTest::html);
    Answer answer = rig.ask(HttpMethod.POST, "/", Buffer.buffer("a=b"), "If-None-Match", "*");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(SHOWN);
    assertThat(answer.headers().contains("ETag")).isFalse();
  }

  @Test
  void anOldClientNeedNotSayWhomItAsks() throws IOException {
    rig.with(request ->
        request.response().setChunked(true).putHeader("Location", "http://a.test/").end("x"));
    try (var socket = rig.send("GET / HTTP/1.0\r\n\r\n")) {
      assertThat(UpstreamRig.head(socket.getInputStream())).startsWith("HTTP/1.0 200 OK");
      assertThat(socket.getInputStream().readAllBytes()).containsExactly('x');
    }
    assertThat(rig.asked.getFirst().get("Host")).isEqualTo("127.0.0.1:" + rig.upstreamPort);
    assertThat(rig.asked.getFirst().contains("X-Forwarded-Host")).isFalse();
  }

  @Test
  void redirectsStayHere() {
    rig.with(request ->
        request
            .response()
            .setStatusCode(302)
            .putHeader("Location", "http://" + request.getHeader("Host") + "/b?c#d")
            .end());
    Answer answer = rig.get("/");
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).isEqualTo("http://127.0.0.1:" + rig.port + "/b?c#d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public, max-age=99999999999",
        "public",
        "max-age=x",
        "public, max-age=0, must-revalidate",
      })
  void whatIsSaidOfCachesIsPassedOnAsItIs(String value) {
    rig.with(request ->
        request
            .response()
            .putHeader("Cache-Control", value)
            .putHeader("Expires", "-1")
            .putHeader("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
            .end("x"));
    Answer answer = rig.get("/a.js");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().getAll("Cache-Control")).containsExactly(value);
    assertThat(answer.header("Expires")).isEqualTo("-1");
    assertThat(answer.headers().contains("X-Pirn-Cache-Control")).isFalse();
  }

  @Test
  void severalHeadersOfANameStaySeveral() {
    rig.with(request -> {
      request.response().headers().add("Set-Cookie", "a=b").add("Set-Cookie", "c=d");
      request
          .response()
          .headers()
          .add("Cache-Control", "no-cache")
          .add("Cache-Control", "no-store");
      request.response().end();
    });
    Answer answer = rig.get("/");
    assertThat(answer.headers().getAll("Set-Cookie")).containsExactly("a=b", "c=d");
    assertThat(answer.headers().getAll("Cache-Control")).containsExactly("no-cache", "no-store");
  }

  @Test
  void anUpstreamOnTheSameMachineMayHaveACertificateOfItsOwn(@TempDir Path folder)
      throws Exception {
    Path store = folder.resolve("key.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=x",
                "-storetype",
                "PKCS12",
                "-alias",
                "x",
                "-storepass",
                "secret",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .doesNotContain("error");
    assertThat(keytool.waitFor()).isZero();
    HttpServer server =
        rig.vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PfxOptions().setPath(store.toString()).setPassword("secret")))
            .requestHandler(request -> html(request, "X-Host", request.getHeader("Host")));
    int port = done(server.listen(0, "127.0.0.1")).actualPort();
    rig.before("https://localhost:" + port);
    Answer answer = rig.get("/");
    assertThat(answer.text()).isEqualTo(SHOWN);
    assertThat(answer.header("X-Host")).isEqualTo("localhost:" + port);
  }

  @Test
  void manyAtOnceAreAnswered() {
    rig.with(UpstreamTest::html);
    var all =
        IntStream.range(0, 300)
            .mapToObj(
                i -> rig.asked(HttpMethod.GET, "/" + i, Buffer.buffer(), HttpClientResponse::body))
            .toList();
    assertThat(all).allSatisfy(one -> assertThat(done(one).toString()).isEqualTo(SHOWN));
  }
}
