package dev.pirn.agents.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that two programs could take for different ones.
class SmugglingTest {
  @RegisterExtension final Rig rig = new Rig(FrontOptions.DEFAULTS);
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    rig.forward(
        1,
        (request, line) -> {
          seen.add(request.method() + " " + request.target() + " " + request.text());
          line.ok("fine");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: xchunked\r\nContent-Length: 5",
        "Transfer-Encoding : chunked",
        " Transfer-Encoding: chunked",
        "Transfer-Encoding: \u000bchunked",
        "X: y\rTransfer-Encoding: chunked",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 6",
        "Content-Length: +5",
        "Content-Length: -5",
        "Content-Length: 0x5",
        "Content-Length: 99999999999999999999",
        "Host: b",
        "Host : b",
        "X\u0000: y",
        "X: y\u0000z",
        "Expect: 200-ok",
      })
  void isRefused(String header) throws IOException {
    try (Wire wire = new Wire(rig.port())) {
      wire.send(
          "POST / HTTP/1.1\r\nHost: a\r\n"
              + header
              + "\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(wire.answer().status()).isIn(400, 413, 417, 501);
      assertThat(wire.closed()).isTrue();
    }
    assertThat(seen).isEmpty();
    assertThat(rig.front.statistics().refused()).isOne();
    assertThat(rig.front.statistics().failed()).isZero();
  }

  @Test
  void aLengthBesideChunksHidesNoSecondRequest() throws IOException {
    try (Wire wire = new Wire(rig.port())) {
      wire.send(
          """
          POST /1 HTTP/1.1\r
          Host: a\r
          Content-Length: 6\r
          Transfer-Encoding: chunked\r
          \r
          0\r
          \r
          GET /2 HTTP/1.1\r
          Host: a\r
          \r
          """);
      Wire.Answer answer = wire.answer();
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(wire.closed()).isTrue();
    }
    assertThat(seen).containsExactly("POST /1 ");
  }

  @Test
  void chunksAreNotKnownInOldRequests() throws IOException {
    try (Wire wire = new Wire(rig.port())) {
      wire.send("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
      assertThat(wire.answer().body())
          .contains("\\\"Transfer-Encoding\\\" is not known in HTTP/1.0");
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void aRequestNamesItsHost() throws IOException {
    try (Wire wire = new Wire(rig.port())) {
      assertThat(wire.send("GET / HTTP/1.1\r\n\r\n").answer().body())
          .contains("there is no \\\"Host\\\"");
    }
  }

  @Test
  void brokenChunksEndTheConnection() throws IOException {
    try (Wire wire = new Wire(rig.port())) {
      wire.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n");
      assertThat(wire.closed()).isTrue();
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void thereAreLimits() throws IOException {
    try (Wire wire = new Wire(rig.port())) {
      wire.send("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(wire.answer().status()).isEqualTo(414);
    }
    try (Wire wire = new Wire(rig.port())) {
      wire.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(70_000) + "\r\n\r\n");
      assertThat(wire.answer().status()).isEqualTo(431);
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void nobodyIsConnectedElsewhere() throws IOException {
    try (Wire wire = new Wire(rig.port())) {
      wire.send("CONNECT b.test:443 HTTP/1.1\r\nHost: b.test:443\r\n\r\n");
      assertThat(wire.answer().status()).isEqualTo(501);
    }
    assertThat(seen).isEmpty();
  }
}
