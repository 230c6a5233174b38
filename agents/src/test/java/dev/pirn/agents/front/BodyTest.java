package dev.pirn.agents.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BodyTest {
  private static final int MOST = 8 << 20;

  @TempDir static Path folder;

  @RegisterExtension final Rig rig = new Rig(FrontOptions.DEFAULTS.bodies(1 << 20, MOST, folder));

  @BeforeEach
  void start() {
    rig.forward(1, (request, line) -> line.ok(digest(request.body())));
  }

  private static String digest(byte[] bytes) {
    try {
      return bytes.length
          + ":"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] body(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private void nothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private static byte[] head(String headers) {
    return ("POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aBodyOfAnySizeUpToTheLimitArrivesWhole() throws IOException {
    for (int length : new int[] {1, 65_536, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, MOST}) {
      try (Wire wire = new Wire(rig.port())) {
        byte[] body = body(length);
        wire.send(head("Content-Length: " + length)).send(body);
        assertThat(wire.answer().body()).isEqualTo(digest(body));
      }
    }
    nothingIsLeft();
    assertThat(rig.front.statistics().bytesIn()).isEqualTo(1 + 65_536 + 3L * (1 << 20) + MOST);
  }

  @Test
  void soDoesOneInChunksWhoseLengthNobodyToldBefore() throws IOException {
    byte[] body = body(3 << 20);
    try (Wire wire = new Wire(rig.port())) {
      wire.send(head("Transfer-Encoding: chunked"));
      for (int at = 0; at < body.length; at += 1 << 16) {
        wire.send("10000\r\n").send(java.util.Arrays.copyOfRange(body, at, at + (1 << 16)));
        wire.send("\r\n");
      }
      assertThat(wire.send("0\r\n\r\n").answer().body()).isEqualTo(digest(body));
    }
    nothingIsLeft();
  }

  @Test
  void aBodyInAFileWaitsLikeAnyOther() throws Exception {
    rig.front.hold().toCompletableFuture().join();
    byte[] body = body(3 << 20);
    try (Wire wire = new Wire(rig.port())) {
      wire.send(head("Content-Length: " + body.length)).send(body);
      rig.held(1);
      rig.forward(2, (request, line) -> line.ok("second " + digest(request.body())));
      assertThat(wire.answer().body()).isEqualTo("second " + digest(body));
    }
  }

  @Test
  void aBodyThatSaysItIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
    try (Wire wire = new Wire(rig.port())) {
      wire.send(head("Expect: 100-continue\r\nContent-Length: " + (MOST + 1)));
      Wire.Answer answer = wire.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body())
          .isEqualTo(
              "{\"type\":\"urn:pirn:front:body-too-large\",\"title\":\"Content Too Large\",\"status\":413,\"detail\":\"the body is larger than 8,388,608 bytes\"}");
      assertThat(answer.headers()).containsEntry("connection", "close");
    }
  }

  @Test
  void aBodyThatTurnsOutTooLargeIsRefusedAndLeavesNothing() throws IOException {
    try (Wire wire = new Wire(rig.port())) {
      wire.send(head("Transfer-Encoding: chunked"));
      byte[] chunk = body(1 << 20);
      for (int i = 0; i < 9; i++) {
        wire.send("100000\r\n").send(chunk).send("\r\n");
      }
      assertThat(wire.answer().status()).isEqualTo(413);
      wire.send("0\r\n\r\n");
      assertThat(wire.closed()).isTrue();
    }
    nothingIsLeft();
    assertThat(rig.front.statistics().refused()).isOne();
    assertThat(rig.front.statistics().failed()).isZero();
  }

  @Test
  void whoLeavesWhileSendingLeavesNothing() throws Exception {
    try (Wire wire = new Wire(rig.port())) {
      wire.send(head("Content-Length: " + (4 << 20))).send(body(2 << 20));
    }
    Awaitility.await().until(() -> rig.front.statistics().left() == 1);
    nothingIsLeft();
    assertThat(rig.front.statistics().inFlight()).isEmpty();
  }

  @Test
  void aClientThatSendsSlowlyHoldsUpNoSwap() throws Exception {
    try (Wire wire = new Wire(rig.port())) {
      wire.send(head("Content-Length: 10")).send("12345");
      // The front has seen the head once it answers what was sent after it.
      assertThat(Wire.post(rig.port(), "/", "x").status()).isEqualTo(200);
      rig.forward(2, (request, line) -> line.ok("second " + request.text()));
      rig.drain(1, Duration.ZERO).get(5, TimeUnit.SECONDS);
      wire.send("67890");
      assertThat(wire.answer().body()).isEqualTo("second 1234567890");
    }
  }

  @Test
  void aClientThatStopsSendingIsDisconnected() throws Exception {
    try (FrontPort impatient =
            FrontPort.listen(
                rig.vertx, FrontOptions.DEFAULTS.clients(Duration.ofMillis(200), 100));
        Wire silent = new Wire(impatient.port());
        Wire stalled = new Wire(impatient.port());
        Wire waits = new Wire(impatient.port())) {
      waits.sendPost("/", "{}");
      stalled.send(head("Content-Length: 10")).send("12345");
      assertThat(silent.closed()).isTrue();
      assertThat(stalled.closed()).isTrue();
      // Whose request has been taken may wait for longer.
      impatient.refuse("still there", Duration.ofSeconds(1)).toCompletableFuture().join();
      assertThat(waits.answer().status()).isEqualTo(503);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidSo() throws Exception {
    try (FrontPort front =
            FrontPort.listen(
                rig.vertx, FrontOptions.DEFAULTS.bodies(10, MOST, folder.resolve("missing")));
        Wire wire = new Wire(front.port())) {
      wire.send(head("Content-Length: 100")).send(body(100));
      Wire.Answer answer = wire.answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("the body could not be kept: ");
    }
  }
}
