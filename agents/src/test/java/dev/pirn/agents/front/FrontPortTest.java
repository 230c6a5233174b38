package dev.pirn.agents.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FrontPortTest {
  @RegisterExtension final Rig rig = new Rig(FrontOptions.DEFAULTS);

  private void isTaken(int port) {
    assertThatThrownBy(
            () -> FrontPort.listen(rig.vertx, FrontOptions.DEFAULTS.listenOn("127.0.0.1", port)))
        .asInstanceOf(type(FrontException.class))
        .satisfies(e -> {
          assertThat(e)
              .hasMessage(
                  "port %d of 127.0.0.1 is in use by somebody else; choose another, or stop who listens there"
                      .formatted(port));
          assertThat(e.portTaken()).isTrue();
          assertThat(e.port()).isEqualTo(port);
          assertThat(e.host()).isEqualTo("127.0.0.1");
        });
  }

  @Test
  void aPortThatAnotherProgramHasIsNamed() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      isTaken(other.getLocalPort());
    }
  }

  /// One that no outgoing connection of somebody else gets by chance.
  private static int freePort() throws IOException {
    for (int port = 19_000; ; port++) {
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (BindException e) {
        if (port == 19_999) {
          throw e;
        }
      }
    }
  }

  @Test
  void aPortIsNotSharedWithAnotherFront() throws Exception {
    isTaken(rig.port());
    int port = freePort();
    FrontOptions options = FrontOptions.DEFAULTS.listenOn("127.0.0.1", port);
    FrontPort first = FrontPort.listen(rig.vertx, options);
    isTaken(port);
    first.close();
    FrontPort.listen(rig.vertx, options).close();
  }

  @Test
  void aPortIsNotSharedWithAnotherServerOfTheSameVertx() throws Exception {
    HttpServer server = rig.vertx.createHttpServer().requestHandler(it -> it.response().end());
    int port = freePort();
    server.listen(port, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
    isTaken(port);
  }

  @Test
  void aHostThatIsNotOursIsNamed() {
    assertThatThrownBy(
            () -> FrontPort.listen(rig.vertx, FrontOptions.DEFAULTS.listenOn("192.0.2.1", 0)))
        .isInstanceOf(FrontException.class)
        .hasMessageStartingWith("cannot listen on port 0 of 192.0.2.1: ");
  }

  @Test
  void closingAnswersWhatWaitsAndWhatIsUnderWayAndIsBounded() throws Exception {
    rig.forward(
        1,
        (request, line) -> {
          if (request.target().equals("/events")) {
            line.raw(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
          }
          // Never answers anything else.
          line.in.read();
        });
    Wire events = new Wire(rig.port()).send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    events.head();
    Wire thinks = new Wire(rig.port()).sendPost("/", "{}");
    rig.inFlight(1, 2);
    rig.front.hold().toCompletableFuture().join();
    Wire waits = new Wire(rig.port()).sendPost("/", "{}");
    rig.held(1);
    List<Wire> idle = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      idle.add(new Wire(rig.port()));
    }
    CompletableFuture<Void> draining = rig.drain(1, Duration.ofMinutes(1));

    long before = System.nanoTime();
    rig.front.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));

    assertThat(events.chunk()).isEmpty();
    assertThat(waits.answer().body())
        .contains("the front is closing; nothing of the request reached it");
    assertThat(thinks.answer().status()).isEqualTo(502);
    for (Wire wire : idle) {
      assertThat(wire.closed()).isTrue();
    }
    draining.get(5, TimeUnit.SECONDS);
    assertThatThrownBy(() -> new Wire(rig.port())).isInstanceOf(IOException.class);

    rig.front.close();
    rig.front.hold().toCompletableFuture().join();
    rig.drain(1, Duration.ZERO).get(5, TimeUnit.SECONDS);
    assertThat(rig.front.statistics().inFlight()).isEmpty();
  }

  @Test
  void aRequestThatIsAnsweredSoonSurvivesTheClosing() throws Exception {
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    rig.forward(
        1,
        (_, line) -> {
          goOn.join();
          line.ok("just in time");
        });
    try (Wire wire = new Wire(rig.port()).sendPost("/", "{}")) {
      rig.inFlight(1, 1);
      CompletableFuture<Void> closed = CompletableFuture.runAsync(rig.front::close);
      Awaitility.await()
          .until(() -> {
            try (Wire _ = new Wire(rig.port())) {
              return false;
            } catch (IOException _) {
              return true;
            }
          });
      goOn.complete(null);
      assertThat(wire.answer().body()).isEqualTo("just in time");
      closed.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void aGenerationIsInOnePlace() {
    Agent agent = rig.saying("x");
    rig.front.forwardTo(agent.as(1)).toCompletableFuture().join();
    rig.front.forwardTo(agent.as(1)).toCompletableFuture().join();
    assertThatThrownBy(() -> rig.front.forwardTo(new Target(1, "127.0.0.1", 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "generation 1 is at 127.0.0.1:%d, and cannot be at 127.0.0.1:9 too"
                .formatted(agent.port()));
  }

  @Test
  void itIsNotOpenedOnAnEventLoop() {
    CompletableFuture<Object> thrown = new CompletableFuture<>();
    rig.vertx.runOnContext(_ -> {
      try {
        FrontPort.listen(rig.vertx, FrontOptions.DEFAULTS);
        thrown.complete("nothing");
      } catch (IllegalStateException e) {
        thrown.complete(e.getMessage());
      }
    });
    assertThat(thrown.join()).isEqualTo("listen blocks, and was called on an event loop");
  }

  @Test
  void connectionsBeyondTheLimitAreClosed() throws Exception {
    try (FrontPort small =
        FrontPort.listen(rig.vertx, FrontOptions.DEFAULTS.clients(Duration.ofMinutes(1), 2))) {
      small.refuse("no", Duration.ofSeconds(1)).toCompletableFuture().join();
      try (Wire first = new Wire(small.port());
          Wire second = new Wire(small.port())) {
        first.sendPost("/", "").answer();
        second.sendPost("/", "").answer();
        try (Wire third = new Wire(small.port())) {
          assertThat(third.closed()).isTrue();
        }
      }
      Awaitility.await()
          .until(() -> {
            try (Wire again = new Wire(small.port())) {
              return again.sendPost("/", "").answer().status() == 503;
            } catch (IOException _) {
              return false;
            }
          });
    }
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> FrontOptions.DEFAULTS.listenOn("a", -1))
        .hasMessage("port must be 0 to 65535, was -1");
    assertThatThrownBy(() -> FrontOptions.DEFAULTS.readiness("ready"))
        .hasMessage("readinessPath must begin with \"/\", was \"ready\"");
    assertThatThrownBy(() -> FrontOptions.DEFAULTS.holding(Duration.ZERO, 1, 1))
        .hasMessage("holdLimit must be 1 ms to a day, was PT0S");
    assertThatThrownBy(() -> FrontOptions.DEFAULTS.holding(Duration.ofSeconds(1), 0, 1))
        .hasMessage("mostHeld must be positive, was 0");
    assertThatThrownBy(() -> new Target(1, "a", 0)).hasMessage("port must be 1 to 65535, was 0");
  }
}
