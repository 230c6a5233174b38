package dev.pirn.agents.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
  @RegisterExtension final Rig rig = new Rig(FrontOptions.DEFAULTS);

  private Agent.Request passed(String request) throws IOException {
    CompletableFuture<Agent.Request> seen = new CompletableFuture<>();
    rig.forward(
        1,
        (it, line) -> {
          seen.complete(it);
          line.ok("fine");
        });
    try (Wire wire = new Wire(rig.port())) {
      assertThat(wire.send(request).answer().body()).isEqualTo("fine");
    }
    return seen.join();
  }

  private Wire.Answer answered(String request, String answer) throws IOException {
    rig.forward(
        1,
        (_, line) -> {
          line.raw("%s", answer);
          line.close();
        });
    try (Wire wire = new Wire(rig.port())) {
      return wire.send(request).answer(!request.startsWith("HEAD"));
    }
  }

  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  @Test
  void theAgentSeesTheRequestAsTheClientSentIt() throws IOException {
    Agent.Request request =
        passed(
            """
            PATCH /a%2Fb?q=%20x HTTP/1.1\r
            Host: example.test:99\r
            Cookie: a=1\r
            Cookie: b=2\r
            X-Name: \u00e9\r
            Content-Length: 4\r
            \r
            body\
            """);
    assertThat(request.method()).isEqualTo("PATCH");
    assertThat(request.target()).isEqualTo("/a%2Fb?q=%20x");
    assertThat(request.text()).isEqualTo("body");
    assertThat(request.headers())
        .containsEntry("host", "example.test:99")
        .containsEntry("cookie", "a=1, b=2")
        .containsEntry("x-name", "\u00e9")
        .containsEntry("content-length", "4");
  }

  @Test
  void theAgentLearnsWhoAsked() throws IOException {
    assertThat(passed("GET / HTTP/1.1\r\nHost: front:80\r\n\r\n").headers())
        .containsEntry("x-forwarded-for", "127.0.0.1")
        .containsEntry("x-forwarded-proto", "http")
        .containsEntry("x-forwarded-host", "front:80")
        .containsEntry("forwarded", "for=127.0.0.1;proto=http;host=\"front:80\"");
  }

  @Test
  void theAgentLearnsWhichProxiesWereBefore() throws IOException {
    assertThat(
            passed(
                    """
                    GET / HTTP/1.1\r
                    Host: inner\r
                    X-Forwarded-For: 10.0.0.9\r
                    X-Forwarded-Proto: https\r
                    X-Forwarded-Host: outer\r
                    Forwarded: for=10.0.0.9;proto=https\r
                    \r
                    """)
                .headers())
        .containsEntry("x-forwarded-for", "10.0.0.9, 127.0.0.1")
        .containsEntry("x-forwarded-proto", "https")
        .containsEntry("x-forwarded-host", "outer")
        .containsEntry(
            "forwarded", "for=10.0.0.9;proto=https, for=127.0.0.1;proto=http;host=\"inner\"");
  }

  @Test
  void headersOfOneConnectionGoNoFurther() throws IOException {
    Map<String, String> headers =
        new TreeMap<>(
            passed(
                    """
                    GET / HTTP/1.1\r
                    Host: a\r
                    Connection: X-Mine, Host, keep-alive\r
                    X-Mine: 1\r
                    X-Other: 2\r
                    Keep-Alive: timeout=9\r
                    Proxy-Connection: keep-alive\r
                    Proxy-Authorization: Basic eA==\r
                    TE: trailers\r
                    Upgrade: h2c\r
                    \r
                    """)
                .headers());
    assertThat(headers)
        .containsEntry("x-other", "2")
        .containsEntry("host", "a")
        .doesNotContainKeys(
            "x-mine",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "te",
            "upgrade",
            "connection");
  }

  @Test
  void theTargetMayNameTheHost() throws IOException {
    Agent.Request request = passed("GET http://b.test/x?y HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(request.target()).isEqualTo("/x?y");
    assertThat(request.headers()).containsEntry("host", "b.test");
  }

  @Test
  void aBodyInChunksReachesTheAgentWithItsLength() throws IOException {
    Agent.Request request =
        passed(
            """
            POST / HTTP/1.1\r
            Host: a\r
            Transfer-Encoding: chunked\r
            \r
            3\r
            abc\r
            2\r
            de\r
            0\r
            X-Trailer: dropped\r
            \r
            """);
    assertThat(request.text()).isEqualTo("abcde");
    assertThat(request.headers()).containsEntry("content-length", "5");
  }

  @Test
  void anEmptyPostHasALength() throws IOException {
    assertThat(passed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").headers())
        .containsEntry("content-length", "0");
  }

  @Test
  void aClientThatAsksWhetherToGoOnIsToldTo() throws IOException {
    CompletableFuture<Agent.Request> seen = new CompletableFuture<>();
    rig.forward(
        1,
        (it, line) -> {
          seen.complete(it);
          line.ok("fine");
        });
    try (Wire wire = new Wire(rig.port())) {
      wire.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(wire.head().status()).isEqualTo(100);
      assertThat(seen).isNotDone();
      assertThat(wire.send("ok").answer().body()).isEqualTo("fine");
    }
    assertThat(seen.join().headers()).doesNotContainKey("expect");
  }

  @Test
  void theClientSeesTheAnswerAsTheAgentSentIt() throws IOException {
    Wire.Answer answer =
        answered(
            GET,
            """
            HTTP/1.1 418 I am a teapot, mostly\r
            Set-Cookie: a=1\r
            Set-Cookie: b=2\r
            Connection: close, X-Mine\r
            X-Mine: 1\r
            Content-Encoding: gzip\r
            Content-Length: 5\r
            \r
            hello\
            """);
    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.body()).isEqualTo("hello");
    assertThat(answer.headers())
        .containsEntry("set-cookie", "a=1, b=2")
        .containsEntry("content-encoding", "gzip")
        .containsEntry("content-length", "5")
        .doesNotContainKeys("x-mine", "connection", "transfer-encoding");
  }

  @Test
  void chunksAndTrailersArePassedOn() throws IOException {
    Wire.Answer answer =
        answered(
            GET,
            """
            HTTP/1.1 200 OK\r
            Transfer-Encoding: chunked\r
            Trailer: X-Sum\r
            \r
            3\r
            abc\r
            0\r
            X-Sum: 6\r
            \r
            """);
    assertThat(answer.body()).isEqualTo("abc");
    assertThat(answer.trailers()).containsEntry("x-sum", "6");
  }

  @Test
  void anAnswerThatEndsWithItsConnectionIsPassedOnInChunks() throws IOException {
    Wire.Answer answer = answered(GET, "HTTP/1.0 200 OK\r\nServer: old\r\n\r\nuntil the end");
    assertThat(answer.body()).isEqualTo("until the end");
    assertThat(answer.headers()).containsEntry("transfer-encoding", "chunked");
  }

  @Test
  void anOldClientLearnsTheEndByTheEndOfItsConnection() throws IOException {
    rig.forward(
        1,
        (_, line) ->
            line.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"));
    try (Wire wire = new Wire(rig.port())) {
      Wire.Answer answer = wire.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").answer();
      assertThat(answer.body()).isEqualTo("abc");
      assertThat(answer.headers())
          .containsEntry("connection", "close")
          .doesNotContainKey("transfer-encoding");
    }
  }

  @Test
  void answersToHeadHaveALengthAndNoBody() throws IOException {
    rig.forward(1, (_, line) -> line.raw("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"));
    try (Wire wire = new Wire(rig.port())) {
      for (int i = 0; i < 2; i++) {
        Wire.Answer answer = wire.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").answer(false);
        assertThat(answer.headers()).containsEntry("content-length", "1234");
      }
    }
  }

  @Test
  void answersWithoutABodyHaveNone() throws IOException {
    rig.forward(
        1,
        (request, line) ->
            line.raw("HTTP/1.1 %s Whatever\r\nETag: \"x\"\r\n\r\n", request.target().substring(1)));
    try (Wire wire = new Wire(rig.port())) {
      for (int status : new int[] {204, 304}) {
        Wire.Answer answer =
            wire.send("GET /" + status + " HTTP/1.1\r\nHost: a\r\n\r\n").answer(false);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers())
            .containsEntry("etag", "\"x\"")
            .doesNotContainKeys("transfer-encoding", "content-length");
      }
    }
  }

  @Test
  void hintsAreLeftOutAndTheAnswerFollows() throws IOException {
    assertThat(
            answered(
                    GET,
                    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                .body())
        .isEqualTo("ok");
  }

  @Test
  void anAnswerIsPassedOnAsItComes() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    rig.forward(
        1,
        (_, line) -> {
          line.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst");
          assertThat(await(seen)).isTrue();
          line.raw("after");
        });
    try (Wire wire = new Wire(rig.port())) {
      wire.send(GET).head();
      assertThat(new String(wire.in.readNBytes(5))).isEqualTo("first");
      seen.countDown();
      assertThat(new String(wire.in.readNBytes(5))).isEqualTo("after");
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void requestsThatAreSentAtOnceAreAnsweredInOrder() throws IOException {
    rig.forward(1, (request, line) -> line.ok(request.target()));
    try (Wire wire = new Wire(rig.port())) {
      wire.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(wire.answer().body()).isEqualTo("/1");
      assertThat(wire.answer().body()).isEqualTo("/2");
    }
  }

  @Test
  void anAnswerThatIsCutOffLooksCutOff() throws IOException {
    rig.forward(
        1,
        (_, line) -> {
          line.raw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nsome");
          line.close();
        });
    try (Wire wire = new Wire(rig.port())) {
      wire.send(GET).head();
      assertThat(new String(wire.in.readAllBytes())).isIn("some", "");
    }
    assertThat(rig.front.statistics().failed()).isOne();
  }

  @Test
  void requestsThatChangeNothingShareConnections() throws IOException {
    Agent agent = rig.forward(1, (_, line) -> line.ok("fine"));
    try (Wire wire = new Wire(rig.port())) {
      for (int i = 0; i < 10; i++) {
        wire.send(GET).answer();
      }
    }
    assertThat(agent.connections).hasValue(1);
  }

  @Test
  void requestsThatMayChangeSomethingDoNot() throws IOException {
    Agent agent = rig.forward(1, (_, line) -> line.ok("fine"));
    try (Wire wire = new Wire(rig.port())) {
      for (int i = 0; i < 10; i++) {
        wire.sendPost("/", "{}").answer();
      }
    }
    assertThat(agent.connections).hasValue(10);
  }

  /// Often, because the agent may be seen to go before or after the last has been taken.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\n"
      })
  void whatAnAgentSaidLastIsTakenAfterItHasGone(String head) throws IOException {
    byte[] much = new byte[10_000_000];
    Arrays.fill(much, (byte) 'x');
    rig.forward(
        1,
        (_, line) -> {
          line.raw("%s", head);
          line.out.write(much);
          line.out.flush();
          line.close();
        });
    for (int i = 0; i < 20; i++) {
      try (Wire wire = new Wire(rig.port(), 4_096)) {
        assertThat(wire.send(GET).answer().body()).hasSize(much.length);
      }
    }
  }
}
