package dev.pirn.agents.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebSocketTest {
  private static final String UPGRADE =
      """
      GET /chat HTTP/1.1\r
      Host: a\r
      Connection: keep-alive, Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Protocol: chat\r
      Sec-WebSocket-Extensions: permessage-deflate\r
      \r
      """;

  private static final String ACCEPT =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
          + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";

  @RegisterExtension final Rig rig = new Rig(FrontOptions.DEFAULTS);
  private final LinkedBlockingQueue<Frame> atAgent = new LinkedBlockingQueue<>();

  record Frame(int opcode, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int code() {
      return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }

    String reason() {
      return text().substring(2);
    }
  }

  private static Frame frame(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int opcode = data.readUnsignedByte() & 15;
    int second = data.readUnsignedByte();
    long length = second & 127;
    length = length == 126 ? data.readUnsignedShort() : length == 127 ? data.readLong() : length;
    byte[] mask = second >= 128 ? data.readNBytes(4) : new byte[4];
    byte[] payload = data.readNBytes((int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new Frame(opcode, payload);
  }

  private static byte[] frame(int opcode, byte[] payload, boolean masked) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x80 | opcode);
    int flag = masked ? 0x80 : 0;
    if (payload.length < 126) {
      out.write(flag | payload.length);
    } else {
      out.write(flag | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    }
    byte[] mask = {1, 2, 3, 4};
    if (masked) {
      out.writeBytes(mask);
    }
    for (int i = 0; i < payload.length; i++) {
      out.write(masked ? payload[i] ^ mask[i % 4] : payload[i]);
    }
    return out.toByteArray();
  }

  private static byte[] text(String text, boolean masked) {
    return frame(1, text.getBytes(StandardCharsets.UTF_8), masked);
  }

  /// Echoes texts until the WebSocket is closed.
  private void echo(Agent.Line line) throws IOException {
    line.raw("%s", ACCEPT);
    while (true) {
      Frame frame = frame(line.in);
      atAgent.add(frame);
      if (frame.opcode() == 8) {
        line.out.write(frame(8, frame.payload(), false));
        line.out.flush();
        line.close();
        return;
      }
      line.out.write(frame(1, frame.payload(), false));
      line.out.flush();
    }
  }

  private Wire open() throws IOException {
    Wire wire = new Wire(rig.port()).send(UPGRADE);
    Wire.Answer answer = wire.head();
    assertThat(answer.status()).isEqualTo(101);
    assertThat(answer.headers())
        .containsEntry("connection", "Upgrade")
        .containsEntry("upgrade", "websocket")
        .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        .containsEntry("sec-websocket-extensions", "permessage-deflate");
    return wire;
  }

  private static String echoed(Wire wire, String text) throws IOException {
    return frame(wire.send(text(text, true)).in).text();
  }

  @Test
  void theAgentIsAskedWhatTheClientAsked() throws Exception {
    CompletableFuture<Agent.Request> seen = new CompletableFuture<>();
    rig.forward(
        1,
        (request, line) -> {
          seen.complete(request);
          echo(line);
        });
    try (Wire wire = open()) {
      assertThat(echoed(wire, "hello")).isEqualTo("hello");
    }
    assertThat(seen.join().headers())
        .containsEntry("connection", "Upgrade")
        .containsEntry("upgrade", "websocket")
        .containsEntry("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        .containsEntry("sec-websocket-protocol", "chat")
        .containsEntry("x-forwarded-for", "127.0.0.1");
  }

  @Test
  void aWebSocketStaysWithItsProcessAndIsClosedWith1012AtTheLimit() throws Exception {
    rig.forward(1, (_, line) -> echo(line));
    try (Wire wire = open()) {
      assertThat(echoed(wire, "before")).isEqualTo("before");
      rig.forward(2, (_, line) -> line.ok("second"));
      CompletableFuture<Void> drained = rig.drain(1, Duration.ofMillis(500));
      assertThat(echoed(wire, "during")).isEqualTo("during");
      assertThat(drained).isNotDone();
      Frame last = frame(wire.in);
      assertThat(last.opcode()).isEqualTo(8);
      assertThat(last.code()).isEqualTo(1012);
      assertThat(last.reason()).isEqualTo("service restart");
      wire.send(frame(8, last.payload(), true));
      assertThat(wire.closed()).isTrue();
      drained.get(5, TimeUnit.SECONDS);
    }
    assertThat(atAgent.take().text()).isEqualTo("before");
    assertThat(atAgent.take().text()).isEqualTo("during");
    Frame goodbye = atAgent.take();
    assertThat(goodbye.opcode()).isEqualTo(8);
    assertThat(goodbye.code()).isEqualTo(1001);
    assertThat(rig.front.statistics().inFlight()).isEmpty();
    assertThat(rig.front.statistics().cut()).isOne();
  }

  @Test
  void aClientThatDoesNotSayGoodbyeIsDisconnectedAllTheSame() throws Exception {
    rig.forward(1, (_, line) -> echo(line));
    try (Wire wire = open()) {
      rig.front.hold().toCompletableFuture().join();
      rig.drain(1, Duration.ZERO).get(5, TimeUnit.SECONDS);
      assertThat(frame(wire.in).code()).isEqualTo(1012);
      assertThat(wire.closed()).isTrue();
    }
  }

  @Test
  void noFrameIsCutInTwo() throws Exception {
    CountDownLatch rest = new CountDownLatch(1);
    byte[] frame = text("x".repeat(1_000), false);
    rig.forward(
        1,
        (_, line) -> {
          line.raw("%s", ACCEPT);
          line.out.write(frame, 0, 500);
          line.out.flush();
          await(rest);
          line.out.write(frame, 500, frame.length - 500);
          line.out.write(text("too late", false));
          line.out.flush();
          assertThat(line.in.readAllBytes()).isNotNull();
          line.close();
        });
    try (Wire wire = open()) {
      rig.front.hold().toCompletableFuture().join();
      CompletableFuture<Void> drained = rig.drain(1, Duration.ZERO);
      rig.inFlight(1, 1);
      Awaitility.await().until(() -> rig.front.statistics().cut() == 1);
      rest.countDown();
      assertThat(frame(wire.in).text()).isEqualTo("x".repeat(1_000));
      assertThat(frame(wire.in).code()).isEqualTo(1012);
      assertThat(wire.closed()).isTrue();
      drained.get(5, TimeUnit.SECONDS);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aFrameThatComesWithTheAnswerIsNotLost() throws IOException {
    rig.forward(
        1,
        (_, line) -> {
          line.out.write(ACCEPT.getBytes(StandardCharsets.US_ASCII));
          line.out.write(text("welcome", false));
          line.out.write(text("bye", false));
          line.out.flush();
          line.close();
        });
    try (Wire wire = open()) {
      assertThat(frame(wire.in).text()).isEqualTo("welcome");
      assertThat(frame(wire.in).text()).isEqualTo("bye");
      assertThat(wire.closed()).isTrue();
    }
  }

  @Test
  void whenTheClientLeavesTheAgentLearnsOfIt() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    rig.forward(
        1,
        (_, line) -> {
          line.raw("%s", ACCEPT);
          assertThat(line.in.read()).isEqualTo(-1);
          gone.countDown();
        });
    open().close();
    await(gone);
    rig.inFlight(1, 0);
  }

  @Test
  void whenTheAgentDiesTheClientLearnsOfIt() throws Exception {
    Agent agent = rig.forward(1, (_, line) -> echo(line));
    try (Wire wire = open()) {
      assertThat(echoed(wire, "x")).isEqualTo("x");
      agent.close();
      assertThat(wire.closed()).isTrue();
    }
  }

  @Test
  void anAgentMayRefuseAWebSocket() throws IOException {
    rig.forward(1, (_, line) -> line.raw("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"));
    try (Wire wire = new Wire(rig.port()).send(UPGRADE)) {
      Wire.Answer answer = wire.answer();
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).isEqualTo("no");
      assertThat(wire.send(UPGRADE).answer().body()).isEqualTo("no");
    }
    rig.inFlight(1, 0);
  }

  @Test
  void aWebSocketWaitsForAProcessToo() throws Exception {
    rig.front.hold().toCompletableFuture().join();
    try (Wire wire = new Wire(rig.port()).send(UPGRADE)) {
      rig.held(1);
      rig.forward(1, (_, line) -> echo(line));
      assertThat(wire.head().status()).isEqualTo(101);
      assertThat(echoed(wire, "there")).isEqualTo("there");
    }
  }

  @Test
  void muchIsPassedOnNoFasterThanItIsTaken() throws Exception {
    byte[] frame = frame(2, new byte[60_000], false);
    rig.forward(
        1,
        (_, line) -> {
          line.raw("%s", ACCEPT);
          for (int i = 0; i < 1_000; i++) {
            line.out.write(frame);
          }
          line.out.flush();
          assertThat(line.in.readAllBytes()).isNotNull();
        });
    try (Wire wire = new Wire(rig.port(), 4_096).send(UPGRADE)) {
      wire.head();
      // The figure has stopped growing when it is the same in two looks that are apart.
      long[] last = {-1};
      Awaitility.await()
          .pollInterval(Duration.ofMillis(300))
          .until(() -> {
            long now = rig.front.statistics().bytesOut();
            boolean same = now == last[0] && now > 0;
            last[0] = now;
            return same;
          });
      assertThat(last[0]).isLessThan(20_000_000);
      for (int i = 0; i < 1_000; i++) {
        assertThat(frame(wire.in).payload()).hasSize(60_000);
      }
    }
  }

  /// Often, because the agent may be seen to go before or after the last has been taken.
  @RepeatedTest(20)
  void whatAnAgentSaidLastIsTakenAfterItHasGone() throws Exception {
    byte[] frame = frame(2, new byte[60_000], false);
    rig.forward(
        1,
        (_, line) -> {
          line.raw("%s", ACCEPT);
          for (int i = 0; i < 300; i++) {
            line.out.write(frame);
          }
          line.out.write(frame(8, new byte[] {3, (byte) 232}, false));
          line.out.flush();
          line.close();
        });
    try (Wire wire = new Wire(rig.port(), 4_096).send(UPGRADE)) {
      wire.head();
      for (int i = 0; i < 300; i++) {
        assertThat(frame(wire.in).payload()).hasSize(60_000);
      }
      assertThat(frame(wire.in).code()).isEqualTo(1_000);
      assertThat(wire.in.read()).isNegative();
    }
    Awaitility.await().until(() -> rig.front.statistics().inFlight().isEmpty());
  }
}
