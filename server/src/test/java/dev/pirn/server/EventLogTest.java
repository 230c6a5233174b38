package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private final EventLog log =
      new EventLog(5, 100_000, InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.123456Z")));

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      log.append(
          "pattern.create", "patterns", new JsonObject().put("name", "p" + (log.last() + 1)));
    }
  }

  private static List<Long> seqs(List<EventLog.Entry> entries) {
    return entries.stream().map(EventLog.Entry::seq).toList();
  }

  private EventReader reader(String since) {
    return new EventReader(log, EventFilter.ALL, Position.of(since, null, null));
  }

  @Test
  void numbersFromOneAndSaysWhen() {
    append(2);

    EventLog.Batch batch = log.read(0, 10);
    assertThat(batch.entries().getFirst().json())
        .isEqualTo(
            "{\"seq\":1,\"time\":\"2026-01-02T03:04:05.123456Z\",\"type\":\"pattern.create\","
                + "\"source\":\"patterns\",\"name\":\"p1\"}");
    assertThat(seqs(batch.entries())).containsExactly(1L, 2L);
    assertThat(batch.missed()).isFalse();
    assertThat(batch.next()).isEqualTo(2);
  }

  @Test
  void keepsOnlySoManyAndSaysWhatIsMissing() {
    append(12);

    assertThat(log.first()).isEqualTo(8);
    List<EventLog.Entry> read = reader("3").next();
    assertThat(new JsonObject(read.getFirst().json()))
        .isEqualTo(
            new JsonObject()
                .put("seq", 7)
                .put("time", "2026-01-02T03:04:05.123456Z")
                .put("type", "resync")
                .put("source", "events")
                .put("from", 3)
                .put("next", 8)
                .put("boot", log.boot()));
    assertThat(seqs(read)).containsExactly(7L, 8L, 9L, 10L, 11L, 12L);
    assertThat(seqs(reader("7").next())).containsExactly(8L, 9L, 10L, 11L, 12L);
  }

  @Test
  void keepsOnlySoManyBytes() {
    EventLog small = new EventLog(1_000, 1_000, InstantSource.system());
    for (int i = 0; i < 50; i++) {
      small.append("t", "s", new JsonObject().put("text", "x".repeat(100)));
    }
    assertThat(small.last() - small.first()).isBetween(3L, 6L);

    small.append("t", "s", new JsonObject().put("text", "x".repeat(5_000)));
    assertThat(small.first()).isEqualTo(small.last());
    assertThat(small.read(50, 10).entries()).hasSize(1);
  }

  @Test
  void tellsAReaderOfAnotherRunToBeginAnew() {
    append(3);

    List<EventLog.Entry> other = reader("0123456789abcdef:2").next();
    assertThat(other.getFirst().type()).isEqualTo("resync");
    assertThat(seqs(other)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(seqs(reader(log.boot() + ":2").next())).containsExactly(3L);
    List<EventLog.Entry> ahead = reader("9").next();
    assertThat(ahead.getFirst().type()).isEqualTo("resync");
    assertThat(seqs(ahead)).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void startsWithWhatIsToComeUnlessAskedOtherwise() {
    append(2);
    EventReader now = new EventReader(log, EventFilter.ALL, Position.NOW);
    assertThat(now.next()).isEmpty();
    append(1);
    assertThat(seqs(now.next())).containsExactly(3L);
    assertThat(now.next()).isEmpty();
  }

  @Test
  void choosesByTypeButNeverHidesAGap() {
    append(8);
    log.append("config.changed", "config", new JsonObject());

    EventReader reader =
        new EventReader(log, EventFilter.of("config.*,watch.*"), new Position(1L, null));
    assertThat(reader.next().stream().map(EventLog.Entry::type))
        .containsExactly("resync", "config.changed");
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void wakesItsReaders() {
    AtomicInteger woken = new AtomicInteger();
    Runnable end = log.onAppend(woken::incrementAndGet);
    append(2);
    end.run();
    append(1);
    assertThat(woken).hasValue(2);
    assertThat(log.readers()).isZero();
  }

  @Test
  void refusesWhatIsNotAPosition() {
    for (String since : List.of("x", "-1", "1.5", "", "zz:1", "9999999999999999999")) {
      assertThatThrownBy(() -> Position.of(since, null, null))
          .isInstanceOf(Refused.class)
          .hasMessage("\"since\" must be the number of an event, found \"" + since + "\"");
    }
  }

  @Test
  void losesNothingWithManyWriters() throws InterruptedException {
    EventLog large = new EventLog(100_000, 100_000_000, InstantSource.system());
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      writers.add(
          Thread.ofVirtual()
              .start(() ->
                  IntStream.range(0, 1_000)
                      .forEach(_ -> large.append("t", "s", new JsonObject()))));
    }
    EventReader reader = new EventReader(large, EventFilter.ALL, new Position(0L, null));
    List<Long> seen = new ArrayList<>();
    while (seen.size() < 4_000) {
      seen.addAll(seqs(reader.next()));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, 4_000).boxed().toList());
  }
}
