package dev.pirn.agents.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DrainTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @RegisterExtension final Rig rig = new Rig(FrontOptions.DEFAULTS);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);

  private void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void second() {
    rig.forward(2, (_, line) -> line.ok("second"));
  }

  private Wire ask(String path) throws IOException {
    return new Wire(rig.port()).send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  /// Sends events until its connection is closed.
  private void events(Agent.Line line, String type) throws IOException {
    line.raw("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n", type);
    line.raw("9\r\ndata: 1\n\n\r\n");
    assertThat(line.in.read()).isEqualTo(-1);
    gone.countDown();
    line.close();
  }

  @Test
  void aRequestIsAnsweredByTheProcessThatHasIt() throws Exception {
    rig.forward(
        1,
        (_, line) -> {
          await(goOn);
          line.ok("first");
        });
    try (Wire old = ask("/")) {
      rig.inFlight(1, 1);
      second();
      CompletableFuture<Void> drained = rig.drain(1, Duration.ZERO);
      assertThat(Wire.get(rig.port(), "/").body()).isEqualTo("second");
      assertThat(drained).isNotDone();
      goOn.countDown();
      assertThat(old.answer().body()).isEqualTo("first");
      drained.get(5, TimeUnit.SECONDS);
    }
    assertThat(rig.front.statistics().cut()).isZero();
  }

  @Test
  void aStreamMayGoOnUntilTheLimit() throws Exception {
    rig.forward(
        1,
        (_, line) -> {
          line.raw(
              "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
          await(goOn);
          line.raw("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
        });
    try (Wire stream = ask("/")) {
      stream.head();
      second();
      CompletableFuture<Void> drained = rig.drain(1, LONG);
      assertThat(Wire.get(rig.port(), "/").body()).isEqualTo("second");
      assertThat(drained).isNotDone();
      goOn.countDown();
      assertThat(new String(stream.chunk())).isEqualTo("data: 2\n\n");
      assertThat(stream.chunk()).isEmpty();
      drained.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void anEventStreamEndsProperlyAtTheLimit() throws Exception {
    rig.forward(1, (_, line) -> events(line, "text/event-stream; charset=utf-8"));
    try (Wire stream = ask("/")) {
      stream.head();
      assertThat(new String(stream.chunk())).isEqualTo("data: 1\n\n");
      second();
      rig.drain(1, Duration.ofMillis(100)).get(5, TimeUnit.SECONDS);
      assertThat(stream.chunk()).isEmpty();
      Wire.headers(stream.in);
      await(gone);
      // The client's connection is as good as before.
      stream.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(stream.answer().body()).isEqualTo("second");
    }
    assertThat(rig.front.statistics().cut()).isOne();
    assertThat(rig.front.statistics().failed()).isZero();
  }

  @Test
  void anyOtherAnswerDoesNotLookWholeWhenItIsEnded() throws Exception {
    rig.forward(1, (_, line) -> events(line, "text/plain"));
    try (Wire stream = ask("/")) {
      stream.head();
      stream.chunk();
      second();
      rig.drain(1, Duration.ofMillis(100)).get(5, TimeUnit.SECONDS);
      assertThatThrownBy(stream::chunk).isInstanceOf(IOException.class);
      await(gone);
    }
  }

  @Test
  void aStreamThatBeginsDuringTheDrainHasItsLimitToo() throws Exception {
    rig.forward(
        1,
        (_, line) -> {
          await(goOn);
          events(line, "text/event-stream");
        });
    try (Wire stream = ask("/")) {
      rig.inFlight(1, 1);
      second();
      CompletableFuture<Void> drained = rig.drain(1, Duration.ofMillis(100));
      goOn.countDown();
      stream.head();
      assertThat(new String(stream.chunk())).isEqualTo("data: 1\n\n");
      assertThat(stream.chunk()).isEmpty();
      drained.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsUpADrainNoLongerThanTheLimit() throws Exception {
    byte[] chunk = new byte[1 << 20];
    rig.forward(
        1,
        (_, line) -> {
          line.raw("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", 100 * chunk.length);
          try {
            for (int i = 0; i < 100; i++) {
              line.out.write(chunk);
            }
          } finally {
            gone.countDown();
          }
        });
    try (Wire slow = new Wire(rig.port(), 4_096)) {
      slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head();
      second();
      rig.drain(1, Duration.ofMillis(300)).get(5, TimeUnit.SECONDS);
      await(gone);
    }
    // What nobody takes is not taken from the agent either.
    assertThat(rig.front.statistics().bytesOut()).isLessThan(30 << 20);
  }

  @Test
  void aClientThatReadsSlowlyGetsEverything() throws Exception {
    byte[] chunk = new byte[1 << 20];
    rig.forward(
        1,
        (_, line) -> {
          line.raw("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", 30 * chunk.length);
          for (int i = 0; i < 30; i++) {
            line.out.write(chunk);
          }
          line.out.flush();
        });
    try (Wire slow = new Wire(rig.port(), 4_096)) {
      slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head();
      assertThat(slow.in.readNBytes(30 << 20)).hasSize(30 << 20);
    }
    assertThat(rig.front.statistics().bytesOut()).isEqualTo(30 << 20);
  }

  @Test
  void aGenerationThatStillGetsRequestsCannotBeDrained() {
    rig.forward(7, (_, line) -> line.ok("seventh"));
    assertThatThrownBy(() -> rig.drain(7, LONG).get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("generation 7 still gets requests; hold, refuse or forward them first");
  }

  @Test
  void aGenerationThatGetsRequestsAgainIsDrainedNoMore() throws Exception {
    Agent first = rig.forward(1, (_, line) -> events(line, "text/event-stream"));
    try (Wire stream = ask("/")) {
      stream.head();
      second();
      CompletableFuture<Void> drained = rig.drain(1, Duration.ofMillis(200));
      rig.front.forwardTo(first.as(1)).toCompletableFuture().join();
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      drained.whenComplete((_, e) -> failure.complete(e));
      assertThat(failure.get(5, TimeUnit.SECONDS))
          .isInstanceOf(CancellationException.class)
          .hasMessage("generation 1 gets requests again");
      rig.drain(2, Duration.ZERO).get(5, TimeUnit.SECONDS);
      assertThat(rig.front.statistics().inFlight()).containsEntry(1L, 1);
    }
  }

  @Test
  void nothingIsLeftToDrainOfAGenerationThatNobodyKnows() throws Exception {
    rig.drain(99, LONG).get(5, TimeUnit.SECONDS);
  }

  @Test
  void drainingTwiceEndsTwice() throws Exception {
    rig.forward(1, (_, line) -> events(line, "text/event-stream"));
    try (Wire stream = ask("/")) {
      stream.head();
      second();
      CompletableFuture<Void> patient = rig.drain(1, LONG);
      rig.drain(1, Duration.ofMillis(50)).get(5, TimeUnit.SECONDS);
      patient.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void whoLeavesIsWaitedForNoLonger() throws Exception {
    rig.forward(
        1,
        (_, line) -> {
          assertThat(line.in.read()).isEqualTo(-1);
          gone.countDown();
        });
    try (Wire _ = ask("/")) {
      rig.inFlight(1, 1);
    }
    rig.front.hold().toCompletableFuture().join();
    rig.drain(1, LONG).get(5, TimeUnit.SECONDS);
    await(gone);
    assertThat(rig.front.statistics().left()).isOne();
  }
}
