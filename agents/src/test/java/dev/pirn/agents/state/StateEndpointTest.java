package dev.pirn.agents.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateEndpointTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private StateEndpoint endpoint;
  private URI url;

  @BeforeEach
  void start() {
    endpoint = StateEndpoint.listen(vertx, StateStore.open(folder, _ -> {}));
    url = endpoint.url("greeter");
  }

  @AfterEach
  void stop() throws Exception {
    endpoint.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private record Answer(int status, Map<String, String> headers, String body) {
    String etag() {
      return headers.get("etag");
    }

    String detail() {
      assertThat(headers).containsEntry("content-type", "application/problem+json");
      return new JsonObject(body).getString("detail");
    }
  }

  private Answer send(String method, String path, String body, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: a\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (!body.isEmpty() || method.equals("PUT")) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return raw(head + "\r\n" + body, method);
  }

  private Answer raw(String text, String method) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      int status = Integer.parseInt(line(in).split(" ")[1]);
      Map<String, String> headers = new TreeMap<>();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String[] parts = line.split(": *", 2);
        headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      byte[] body = method.equals("HEAD") ? new byte[0] : in.readNBytes(length);
      return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private String at(String key) {
    return url.getPath() + "/" + key;
  }

  @Test
  void aValueIsWrittenReadListedAndDeleted() throws IOException {
    Answer created = send("PUT", at("counter"), "41");
    assertThat(created.status()).isEqualTo(201);
    Answer replaced = send("PUT", at("counter"), "42");
    assertThat(replaced.status()).isEqualTo(204);
    assertThat(replaced.etag()).isNotEqualTo(created.etag());

    Answer read = send("GET", at("counter"), "");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.body()).isEqualTo("42");
    assertThat(read.etag()).isEqualTo(replaced.etag());
    assertThat(read.headers()).containsEntry("content-type", "application/octet-stream");
    Answer head = send("HEAD", at("counter"), "");
    assertThat(head.etag()).isEqualTo(read.etag());
    assertThat(head.headers()).containsEntry("content-length", "2");

    for (String path : List.of(url.getPath(), url.getPath() + "/")) {
      assertThat(new JsonObject(send("GET", path, "").body()))
          .isEqualTo(
              new JsonObject(
                  "{\"keys\":[{\"key\":\"counter\",\"bytes\":2,\"etag\":\"\\\"%s\\\"\"}],\"bytes\":2}"
                      .formatted(read.etag().replace("\"", ""))));
    }

    assertThat(send("DELETE", at("counter"), "").status()).isEqualTo(204);
    assertThat(send("DELETE", at("counter"), "").status()).isEqualTo(404);
    assertThat(send("GET", at("counter"), "").detail()).isEqualTo("nothing is kept as \"counter\"");
  }

  @Test
  void theTagDependsOnTheContentOnly() throws IOException {
    String first = send("PUT", at("a"), "same").etag();
    assertThat(send("PUT", at("b"), "same").etag()).isEqualTo(first);
    assertThat(first).matches("\"[0-9a-f]{32}\"");
  }

  @Test
  void whatIsKnownIsNotSentAgain() throws IOException {
    String etag = send("PUT", at("a"), "1").etag();
    for (String known : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
      Answer answer = send("GET", at("a"), "", "If-None-Match: " + known);
      assertThat(answer.status()).as(known).isEqualTo(304);
      assertThat(answer.etag()).isEqualTo(etag);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(send("GET", at("a"), "", "If-None-Match: \"x\"").status()).isEqualTo(200);
    assertThat(send("GET", at("a"), "", "If-Match: \"x\"").status()).isEqualTo(412);
  }

  @Test
  void aChangeMayHaveAConditionOnWhatIsThere() throws IOException {
    assertThat(send("PUT", at("a"), "1", "If-Match: *").detail())
        .isEqualTo("the condition does not hold: nothing is kept under this key");
    String etag = send("PUT", at("a"), "1", "If-None-Match: *").etag();
    Answer refused = send("PUT", at("a"), "2", "If-None-Match: *");
    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.etag()).isEqualTo(etag);
    assertThat(refused.detail())
        .isEqualTo("the condition does not hold: another value is kept under this key");
    assertThat(send("PUT", at("a"), "2", "If-Match: W/" + etag).status())
        .as("a weak tag")
        .isEqualTo(412);
    assertThat(send("PUT", at("a"), "2", "If-Match: " + etag).status()).isEqualTo(204);
    assertThat(send("DELETE", at("a"), "", "If-Match: " + etag).status()).isEqualTo(412);
    assertThat(send("GET", at("a"), "").body()).isEqualTo("2");
  }

  @Test
  void manyWhoCountTogetherLoseNothing() throws Exception {
    send("PUT", at("counter"), "0");
    int threads = 8;
    int each = 25;
    AtomicInteger conflicts = new AtomicInteger();
    List<Throwable> failures = new ArrayList<>();
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      all.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int done = 0; done < each; ) {
                    Answer now = send("GET", at("counter"), "");
                    String next = String.valueOf(Integer.parseInt(now.body()) + 1);
                    int status =
                        send("PUT", at("counter"), next, "If-Match: " + now.etag()).status();
                    if (status == 204) {
                      done++;
                    } else {
                      assertThat(status).isEqualTo(412);
                      conflicts.incrementAndGet();
                    }
                  }
                } catch (IOException | AssertionError e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              }));
    }
    for (Thread thread : all) {
      thread.join(Duration.ofSeconds(60));
    }
    assertThat(failures).isEmpty();
    assertThat(send("GET", at("counter"), "").body()).isEqualTo(String.valueOf(threads * each));
    assertThat(conflicts).hasPositiveValue();
  }

  @Test
  void writesOnOneConnectionHappenInTheirOrder() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      String value = String.valueOf(i);
      all.append(
          "PUT %s HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(at("last"), value.length(), value));
    }
    try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(all.toString().getBytes(StandardCharsets.US_ASCII));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int answers = 0; answers < 20; ) {
        answers += line(in).startsWith("HTTP/1.1 20") ? 1 : 0;
      }
    }
    assertThat(send("GET", at("last"), "").body()).isEqualTo("19");
  }

  @Test
  void noAgentReachesAnother() throws IOException {
    send("PUT", at("secret"), "mine");
    URI other = endpoint.url("other");
    assertThat(other).isNotEqualTo(url).isEqualTo(endpoint.url("other"));
    assertThat(send("GET", other.getPath() + "/secret", "").status()).isEqualTo(404);
    String token = url.getPath().substring(1);
    assertThat(token).hasSize(43);
    for (String path :
        List.of(
            "/",
            "//",
            "/greeter",
            "/greeter/secret",
            "/" + token.substring(0, 42) + "/secret",
            "/" + token + "x/secret",
            "/" + token.toLowerCase(Locale.ROOT) + "/secret",
            "/" + "A".repeat(43) + "/secret",
            other.getPath() + "/../" + token + "/secret",
            "/%00" + token + "/secret")) {
      for (String method : List.of("GET", "PUT", "DELETE", "POST")) {
        Answer answer = send(method, path, "");
        assertThat(answer.status()).as(method + " " + path).isIn(400, 404, 405);
        assertThat(answer.body()).doesNotContain("mine");
      }
    }
    assertThat(send("GET", at("secret"), "").body()).isEqualTo("mine");
  }

  @Test
  void aKeyThatIsNoneIsRefusedAndTouchesNothing() throws IOException {
    for (String key :
        List.of(
            "..%2f..%2fx",
            "%2e%2e",
            "..",
            "a/b",
            "a%2fb",
            "a%00",
            "%00",
            "a%",
            "a%zz",
            "a+b",
            "%C3%A9",
            "a%0d%0aX:y",
            "x".repeat(129))) {
      for (String method : List.of("GET", "PUT", "DELETE")) {
        Answer answer = send(method, at(key), "");
        assertThat(answer.status()).as(method + " " + key).isEqualTo(400);
        assertThat(answer.detail())
            .isEqualTo(
                "a key is 1 to 128 letters, digits, dots, hyphens and underscores, and not \".\" or \"..\"");
      }
    }
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void lettersOfAKeyMayBeEscaped() throws IOException {
    send("PUT", at("a.b"), "1");
    assertThat(send("GET", at("%61%2eb"), "").body()).isEqualTo("1");
  }

  @Test
  void aValueThatIsTooLargeIsRefused() throws IOException {
    String large = "x".repeat(AgentState.MOST_VALUE_BYTES + 1);
    assertThat(send("PUT", at("a"), large).detail())
        .isEqualTo("a value has at most 1,048,576 bytes");
    Answer chunked =
        raw(
            "PUT %s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n%s\r\n0\r\n\r\n"
                .formatted(at("a"), large),
            "PUT");
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(send("GET", at("a"), "").status()).isEqualTo(404);
    assertThat(send("PUT", at("a"), large.substring(1)).status()).isEqualTo(201);
  }

  @Test
  void whoKeepsTooMuchIsTold() throws IOException {
    String large = "x".repeat(AgentState.MOST_VALUE_BYTES);
    for (int i = 0; i < 16; i++) {
      send("PUT", at("k" + i), large);
    }
    Answer answer = send("PUT", at("more"), "1");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.detail()).contains("may keep 16,777,216; delete something first");
  }

  @Test
  void whatIsDamagedIsToldToTheAgent() throws IOException {
    send("PUT", at("a"), "precious");
    try (Stream<Path> all = Files.walk(folder)) {
      Files.writeString(all.filter(Files::isRegularFile).findFirst().orElseThrow(), "broken");
    }
    Answer answer = send("GET", at("a"), "");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.detail()).startsWith("what was kept as \"a\" is damaged, and was set aside");
    assertThat(send("PUT", at("a"), "x", "If-None-Match: *").status())
        .as("it is not nothing")
        .isEqualTo(412);
    assertThat(send("PUT", at("a"), "new").status()).isEqualTo(204);
    assertThat(send("GET", at("a"), "").body()).isEqualTo("new");
  }

  @Test
  void otherMethodsAreNotAllowed() throws IOException {
    Answer post = send("POST", at("a"), "");
    assertThat(post.status()).isEqualTo(405);
    assertThat(post.headers()).containsEntry("allow", "GET, HEAD, PUT, DELETE");
    assertThat(send("DELETE", url.getPath(), "").headers()).containsEntry("allow", "GET, HEAD");
    assertThat(send("PUT", url.getPath(), "x").status()).isEqualTo(405);
  }

  @Test
  void whatCannotBeReadAsARequestIsRefused() throws IOException {
    assertThat(raw("GET\r\n\r\n", "GET").status()).isEqualTo(400);
    assertThat(send("GET", at("a"), "", "X: " + "x".repeat(20_000)).status()).isEqualTo(400);
  }

  @Test
  void closingKeepsWhatWasWrittenAndIsBounded() throws Exception {
    send("PUT", at("a"), "kept");
    try (Socket idle = new Socket("127.0.0.1", url.getPort())) {
      long before = System.nanoTime();
      endpoint.close();
      endpoint.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      assertThat(idle.getInputStream().read()).isEqualTo(-1);
    }
    assertThatThrownBy(() -> send("GET", at("a"), "")).isInstanceOf(IOException.class);
    try (StateEndpoint again = StateEndpoint.listen(vertx, StateStore.open(folder, _ -> {}))) {
      URI fresh = again.url("greeter");
      assertThat(fresh.getPath()).isNotEqualTo(url.getPath());
      url = fresh;
      assertThat(send("GET", at("a"), "").body()).isEqualTo("kept");
    }
  }
}
