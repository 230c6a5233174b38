package dev.pirn.web;

import static dev.pirn.web.UpstreamRig.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpstreamSocketTest {
  private static final String ACCEPTED =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  private static final String UPGRADE =
      """
      GET /chat HTTP/1.1\r
      Host: a\r
      Connection: keep-alive, Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      \r
      """;

  @RegisterExtension final UpstreamRig rig = new UpstreamRig();
  private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();

  private void echo(HttpServerRequest request) {
    request
        .toWebSocket()
        .onSuccess(socket -> {
          socket.textMessageHandler(text -> socket.writeTextMessage(request.uri() + " " + text));
          socket.closeHandler(_ -> received.add("closed " + socket.closeStatusCode()));
        });
  }

  private WebSocketConnectOptions options() {
    return new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(rig.port)
        .setURI("/chat?a=b")
        .addSubProtocol("vite-hmr");
  }

  private Future<WebSocket> open() {
    return rig.sockets.connect(options());
  }

  @Test
  void messagesGoBothWays() throws Exception {
    rig.with(this::echo);
    WebSocket socket =
        done(
            rig.sockets.connect(
                options()
                    .addHeader("Origin", "http://127.0.0.1:" + rig.port)
                    .addHeader("Cookie", "a=b")));
    socket.textMessageHandler(received::add);
    done(socket.writeTextMessage("hello"));
    assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("/chat?a=b hello");
    done(socket.writeTextMessage("ü".repeat(30_000)));
    assertThat(received.poll(20, TimeUnit.SECONDS)).hasSize(30_010);
    MultiMap asked = rig.asked.getFirst();
    assertThat(asked.get("Sec-WebSocket-Protocol")).isEqualTo("vite-hmr");
    assertThat(asked.get("Host")).isEqualTo("127.0.0.1:" + rig.upstreamPort);
    assertThat(asked.get("Origin")).isEqualTo("http://127.0.0.1:" + rig.upstreamPort);
    assertThat(asked.get("X-Forwarded-Host")).isEqualTo("127.0.0.1:" + rig.port);
    assertThat(asked.get("Cookie")).isEqualTo("a=b");
    done(socket.close((short) 4001));
    assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("closed 4001");
  }

  @Test
  void theProtocolIsTheOneThatTheUpstreamChose() throws Exception {
    CompletableFuture<String> head = new CompletableFuture<>();
    rig.withScript(
            (in, out) -> {
              UpstreamRig.write(
                  out, ACCEPTED.replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: b\r\n\r\n"));
              assertThat(in.read()).isNegative();
              head.complete("left");
            })
        .beforeUpstream();
    try (var socket = rig.send(UPGRADE)) {
      assertThat(UpstreamRig.head(socket.getInputStream()).toLowerCase(Locale.ROOT))
          .startsWith("http/1.1 101 ")
          .contains("sec-websocket-protocol: b\r\n")
          .contains("connection: upgrade\r\n")
          .containsOnlyOnce("upgrade: websocket\r\n");
    }
    assertThat(head.get(20, TimeUnit.SECONDS)).isEqualTo("left");
  }

  @Test
  void staysOpenWhileNeitherEndSaysAnything() throws Exception {
    rig.idleSeconds = 2;
    rig.pongMillis = 300;
    rig.with(this::echo);
    WebSocket socket = done(open());
    socket.textMessageHandler(received::add);
    AtomicLong pongs = new AtomicLong();
    socket.pongHandler(_ -> pongs.incrementAndGet());
    long idle = TimeUnit.SECONDS.toNanos(rig.idleSeconds * 2);
    long begin = System.nanoTime();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> System.nanoTime() - begin > idle);
    assertThat(pongs).hasPositiveValue();
    done(socket.writeTextMessage("still there"));
    assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("/chat?a=b still there");
  }

  @Test
  void aFrameIsNotBrokenByWhatKeepsItOpen() throws Exception {
    rig.pongMillis = 100;
    rig.withScript(
            (in, out) -> {
              UpstreamRig.write(out, ACCEPTED + "\u0001\u0004ha");
              // The client says when it has seen that nothing was put in between.
              assertThat(in.read()).isEqualTo('.');
              UpstreamRig.write(out, "lf");
              assertThat(in.read()).isNegative();
            })
        .beforeUpstream();
    try (var socket = rig.send(UPGRADE)) {
      InputStream in = socket.getInputStream();
      UpstreamRig.head(in);
      assertThat(in.readNBytes(4)).containsExactly(1, 4, 'h', 'a');
      socket.setSoTimeout(1_000);
      assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
      socket.setSoTimeout(20_000);
      UpstreamRig.write(socket.getOutputStream(), ".");
      assertThat(in.readNBytes(4)).containsExactly('l', 'f', 0x8a, 0);
    }
  }

  @Test
  void aMessageThatComesWithTheAnswerIsNotLost() throws Exception {
    rig.withScript((_, out) -> UpstreamRig.write(out, ACCEPTED + "\u0001\u0002hi"))
        .beforeUpstream();
    try (var socket = rig.send(UPGRADE)) {
      InputStream in = socket.getInputStream();
      UpstreamRig.head(in);
      assertThat(in.readAllBytes()).containsExactly(1, 2, 'h', 'i');
    }
  }

  @Test
  void whenTheUpstreamGoesThePageLearnsOfIt() throws Exception {
    rig.with(request -> request.toWebSocket().onSuccess(socket -> socket.close((short) 1012)));
    CompletableFuture<Short> code = new CompletableFuture<>();
    ClientWebSocket socket = rig.sockets.webSocket();
    socket.closeHandler(_ -> code.complete(socket.closeStatusCode()));
    done(socket.connect(options()));
    assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo((short) 1012);
  }

  @Test
  void closingEndsIt() throws Exception {
    rig.with(this::echo);
    CompletableFuture<Void> over = new CompletableFuture<>();
    ClientWebSocket socket = rig.sockets.webSocket();
    socket.closeHandler(_ -> over.complete(null));
    done(socket.connect(options()));
    rig.close();
    over.get(20, TimeUnit.SECONDS);
    assertThat(received.poll(20, TimeUnit.SECONDS)).startsWith("closed ");
  }

  @Test
  void aRefusalIsPassedOn() {
    rig.with(request ->
        request.response().setStatusCode(403).putHeader("X-Why", "origin").end("not from there"));
    assertThatThrownBy(() -> done(open()))
        .rootCause()
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class,
            refused -> {
              assertThat(refused.getStatus()).isEqualTo(403);
              assertThat(refused.getHeaders().get("X-Why")).isEqualTo("origin");
              assertThat(refused.getBody().toString()).isEqualTo("not from there");
            });
  }

  @Test
  void anUpstreamThatIsDownIsNamed() {
    done(rig.upstream(0, this::echo).close());
    rig.beforeUpstream();
    assertThatThrownBy(() -> done(open()))
        .rootCause()
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class,
            refused -> {
              assertThat(refused.getStatus()).isEqualTo(502);
              assertThat(new JsonObject(refused.getBody()).getString("code"))
                  .isEqualTo("PIRN-B007");
            });
  }

  @Test
  void anUpstreamThatSaysNothingIsNamed() throws Exception {
    rig.withScript((_, _) -> {}).beforeUpstream();
    assertThatThrownBy(() -> done(open()))
        .rootCause()
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class,
            refused ->
                assertThat(new JsonObject(refused.getBody()).getString("detail"))
                    .endsWith("does not answer: it closed the connection"));
  }

  @Test
  void muchIsPassedOnNoFasterThanItIsTaken() throws Exception {
    AtomicLong written = new AtomicLong();
    long all = 200_000_000;
    rig.withScript(
            (_, out) -> {
              UpstreamRig.write(out, ACCEPTED);
              byte[] piece = new byte[100_000];
              while (written.get() < all) {
                out.write(piece);
                written.addAndGet(piece.length);
              }
            })
        .beforeUpstream();
    try (var socket = rig.send(UPGRADE)) {
      UpstreamRig.head(socket.getInputStream());
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
      // The upstream is gone long before the last of it has been taken.
      socket.getInputStream().skipNBytes(all);
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  /// Often, because the upstream may be seen to go before or after the last has been taken.
  @RepeatedTest(20)
  void whatAnUpstreamSaidLastIsTakenAfterItHasGone() throws Exception {
    byte[] much = new byte[20_000_000];
    Arrays.fill(much, (byte) 1);
    rig.withScript(
            (_, out) -> {
              UpstreamRig.write(out, ACCEPTED);
              out.write(much);
            })
        .beforeUpstream();
    try (var socket = rig.send(UPGRADE)) {
      UpstreamRig.head(socket.getInputStream());
      assertThat(Arrays.equals(socket.getInputStream().readAllBytes(), much)).isTrue();
    }
  }

  @Test
  void anUpstreamThatBreaksOffEndsIt() throws Exception {
    rig.withSocket(
            socket -> {
              UpstreamRig.write(socket.getOutputStream(), ACCEPTED + "\u0001\u0002hi");
              assertThat(socket.getInputStream().read()).isEqualTo('.');
              socket.setSoLinger(true, 0);
            })
        .beforeUpstream();
    try (var socket = rig.send(UPGRADE)) {
      InputStream in = socket.getInputStream();
      UpstreamRig.head(in);
      assertThat(in.readNBytes(4)).containsExactly(1, 2, 'h', 'i');
      UpstreamRig.write(socket.getOutputStream(), ".");
      assertThat(in.read()).isNegative();
    }
  }
}
