package dev.pirn.web;

import static dev.pirn.web.UpstreamRig.PAGE;
import static dev.pirn.web.UpstreamRig.SHOWN;
import static dev.pirn.web.UpstreamRig.done;
import static dev.pirn.web.UpstreamRig.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.web.UpstreamRig.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is large, slow, endless or broken.
class UpstreamStreamTest {
  private static final String HTML = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

  @RegisterExtension final UpstreamRig rig = new UpstreamRig();

  @Test
  void anEventIsPassedOnAtOnceAndTheUpstreamLearnsThatNobodyListens() throws Exception {
    CompletableFuture<HttpServerResponse> stream = new CompletableFuture<>();
    CompletableFuture<Void> left = new CompletableFuture<>();
    rig.with(request -> {
      request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
      request.response().closeHandler(_ -> left.complete(null));
      request.response().write("data: 1\n\n");
      stream.complete(request.response());
    });
    LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    HttpClientResponse answer =
        done(
            rig.asked(
                HttpMethod.GET,
                "/events",
                Buffer.buffer(),
                response ->
                    Future.succeededFuture(
                        response.handler(bytes -> events.add(bytes.toString())))));
    assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("data: 1\n\n");
    done(stream.get(20, TimeUnit.SECONDS).write("data: 2\n\n"));
    assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("data: 2\n\n");
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/event-stream");
    var _ = answer.request().reset();
    left.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDocumentThatIsTooLargeIsPassedOnWhole(boolean chunked) {
    Buffer large = Buffer.buffer(PAGE + "0123456789".repeat(1_000_000));
    rig.with(request -> {
      request.response().setChunked(chunked).putHeader("Content-Type", "text/html");
      request.response().putHeader("ETag", "\"theirs\"");
      if (chunked) {
        request.response().write(large.getBuffer(0, 100));
        request.response().end(large.getBuffer(100, large.length()));
      } else {
        request.response().end(large);
      }
    });
    Answer answer = rig.get("/");
    assertThat(answer.body().equals(large)).isTrue();
    assertThat(answer.header("ETag")).isEqualTo("\"theirs\"");
    assertThat(answer.header("Content-Length")).isEqualTo(chunked ? null : "" + large.length());
  }

  @Test
  void aDocumentThatNeverEndsIsPassedOnOnceThereIsTooMuchOfIt() throws Exception {
    rig.withScript(
            (_, out) -> {
              write(out, HTML + "\r\n" + PAGE);
              byte[] more = new byte[64 * 1024];
              while (true) {
                out.write(more);
              }
            })
        .beforeUpstream();
    try (var socket = rig.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
      InputStream in = socket.getInputStream();
      assertThat(UpstreamRig.head(in)).startsWith("HTTP/1.1 200 OK\r\n").contains("chunked");
      assertThat(new String(in.readNBytes(2_000), StandardCharsets.UTF_8)).contains(PAGE);
      in.skipNBytes(2L * Upstream.MOST_DOCUMENT_BYTES);
    }
  }

  @Test
  void aDocumentThatTakesTooLongIsPassedOnAsItComes() throws Exception {
    CompletableFuture<HttpServerResponse> stream = new CompletableFuture<>();
    rig.upstream(
        0,
        request -> {
          request.response().setChunked(true).putHeader("Content-Type", "text/html");
          request.response().write(PAGE);
          stream.complete(request.response());
        });
    rig.before(URI.create("http://127.0.0.1:" + rig.upstreamPort), 100);
    CompletableFuture<Integer> begun = new CompletableFuture<>();
    Future<Buffer> body =
        rig.asked(
            HttpMethod.GET,
            "/",
            Buffer.buffer(),
            answer -> {
              begun.complete(answer.statusCode());
              return answer.body();
            });
    assertThat(begun.get(20, TimeUnit.SECONDS)).isEqualTo(200);
    done(stream.get(20, TimeUnit.SECONDS).end("the end"));
    assertThat(done(body).toString()).isEqualTo(PAGE + "the end");
  }

  @Test
  void muchIsTakenNoFasterThanItIsWanted() throws Exception {
    AtomicLong written = new AtomicLong();
    long all = 200_000_000;
    rig.withScript(
            (_, out) -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + all + "\r\n\r\n");
              byte[] piece = new byte[100_000];
              while (written.get() < all) {
                out.write(piece);
                written.addAndGet(piece.length);
              }
            })
        .beforeUpstream();
    try (var socket = rig.send("GET /video HTTP/1.1\r\nHost: a\r\n\r\n")) {
      assertThat(UpstreamRig.head(socket.getInputStream())).contains("200");
      // The figure has stopped growing when it is the same in two looks that are apart.
      long[] last = {-1};
      Awaitility.await()
          .pollInterval(Duration.ofMillis(300))
          .until(() -> {
            long now = written.get();
            boolean same = now == last[0] && now > 0;
            last[0] = now;
            return same;
          });
      assertThat(last[0]).isLessThan(all / 2);
      socket.getInputStream().skipNBytes(all);
      assertThat(written.get()).isEqualTo(all);
    }
  }

  /// Often, because the upstream may be seen to go before or after the last has been taken.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\n"
      })
  void whatAnUpstreamSaidLastIsTakenAfterItHasGone(String head) throws Exception {
    byte[] much = new byte[10_000_000];
    rig.withScript(
            (_, out) -> {
              write(out, head);
              out.write(much);
            })
        .beforeUpstream();
    for (int i = 0; i < 20; i++) {
      try (var socket =
          rig.send("GET /video HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 4_096)) {
        assertThat(UpstreamRig.head(socket.getInputStream())).contains("200");
        assertThat(socket.getInputStream().readAllBytes()).hasSizeGreaterThanOrEqualTo(much.length);
      }
    }
  }

  @Test
  void aLargeUploadIsPassedOnAsItComes() throws Exception {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    rig.with(request -> {
      request.handler(bytes -> first.complete(bytes.length()));
      request.endHandler(_ -> request.response().end("fine"));
    });
    try (var socket = rig.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234")) {
      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(5);
      write(socket.getOutputStream(), "56789");
      assertThat(UpstreamRig.head(socket.getInputStream())).startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HTML + "Content-Length: 100\r\n\r\n" + PAGE,
        HTML + "Content-Length: -1\r\n\r\n" + PAGE,
        HTML + "Content-Length: x\r\n\r\n" + PAGE,
        HTML + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + PAGE,
        HTML + "Transfer-Encoding: chunked\r\n\r\nx\r\n",
        HTML + "Transfer-Encoding: chunked\r\n\r\nff\r\n" + PAGE,
        "not HTTP at all\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: ",
        "",
      })
  void anAnswerThatBreaksOffOrMakesNoSenseIsNone(String answer) throws IOException {
    rig.withScript((_, out) -> write(out, answer)).beforeUpstream();
    Answer here = rig.get("/", "Accept", "text/html");
    assertThat(here.status()).isEqualTo(502);
    assertThat(here.text())
        .contains("PIRN-B007")
        .contains("http://127.0.0.1:%d does not answer".formatted(rig.upstreamPort))
        .contains("<script nonce=null></script>");
  }

  @Test
  void aHeaderThatIsTooLongIsNoAnswer() throws IOException {
    rig.withScript((_, out) -> write(out, HTML + "X: " + "x".repeat(100_000) + "\r\n\r\n"))
        .beforeUpstream();
    assertThat(rig.get("/").status()).isEqualTo(502);
  }

  @Test
  void aDocumentWithoutALengthEndsWithItsConnection() throws IOException {
    rig.withScript(
            (_, out) -> write(out, "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE))
        .beforeUpstream();
    assertThat(rig.get("/").text()).isEqualTo(SHOWN);
  }

  @Test
  void whatComesAfterTheAnnouncedLengthIsNotPartOfIt() throws IOException {
    String page = "<!doctype html>x";
    rig.withScript(
            (_, out) -> write(out, HTML + "Content-Length: 16\r\n\r\n" + page + "HTTP/1.1 200"))
        .beforeUpstream();
    assertThat(rig.get("/").text()).isEqualTo("<!doctype html><script nonce=null></script>x");
  }

  @Test
  void whatBreaksOffHalfwayBreaksOffHereToo() throws Exception {
    rig.withScript((_, out) -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"))
        .beforeUpstream();
    try (var socket = rig.send("GET /a.js HTTP/1.1\r\nHost: a\r\n\r\n")) {
      InputStream in = socket.getInputStream();
      assertThat(UpstreamRig.head(in)).contains("100");
      assertThat(in.readNBytes(5)).hasSizeLessThan(5);
    }
  }
}
