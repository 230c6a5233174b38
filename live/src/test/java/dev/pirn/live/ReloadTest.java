package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pirn.watch.WatchSpec;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
    desk.write("a.txt", "1");
  }

  @Test
  void endsWithWhatTheDiskSays() {
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      assertThat(live.reload()).isInstanceOf(Reload.Unchanged.class);
      for (int i = 2; i < 10; i++) {
        desk.write("a.txt", String.valueOf(i));
        Reload<String> outcome = i % 2 == 0 ? live.reload() : live.reload(desk.at("a.txt"));
        assertThat(outcome.snapshot().value()).isEqualTo(String.valueOf(i));
        assertThat(outcome.snapshot().generation()).isEqualTo(i);
      }
      desk.write("a.txt", "!bad");
      Reload<String> refused = live.reload();
      assertThat(refused).isInstanceOf(Reload.Rejected.class);
      assertThat(refused.snapshot().value()).isEqualTo("9");
      assertThat(refused.diagnostics()).hasSize(1);
      assertThat(live.reload()).as("as long as it is broken").isInstanceOf(Reload.Rejected.class);
    }
  }

  @Test
  void givesTheOutcomeOfAChangeThatTheWatchTakesUpMeanwhile() throws Exception {
    CountDownLatch checking = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Live<String> live =
        Live.of(desk.file("a.txt"))
            .check(text -> {
              if (text.equals("2")) {
                checking.countDown();
                Outcomes.await(go);
              }
              return Verdict.ok();
            })
            .open()) {
      desk.write("a.txt", "2");
      Outcomes.await(checking);
      CompletableFuture<Reload<String>> outcome = new CompletableFuture<>();
      Thread reloading = Thread.startVirtualThread(() -> outcome.complete(live.reload()));
      Awaitility.await().until(() -> reloading.getState() != Thread.State.RUNNABLE);
      go.countDown();
      assertThat(outcome.get(20, TimeUnit.SECONDS))
          .isInstanceOf(Reload.Applied.class)
          .extracting(Reload::trigger)
          .isEqualTo(Trigger.CHANGE);
    }
  }

  @Test
  void ofOneFileIsNotAnsweredWithTheChangeOfAnother() {
    desk.write("b.txt", "1");
    try (Live<SortedMap<String, String>> live = Live.of(desk.tree()).open()) {
      desk.write("b.txt", "2");
      assertThat(live.reload(desk.at("a.txt"))).isInstanceOf(Reload.Unchanged.class);
      assertThat(live.get()).containsEntry("b.txt", "2");
    }
  }

  @Test
  void hasItsTimings() {
    Outcomes<String> outcomes = new Outcomes<>();
    try (Live<String> live = Live.of(desk.file("a.txt")).onReload(outcomes).open()) {
      Timings timings = outcomes.await(1).timings();
      assertThat(live.generation()).isEqualTo(1);
      assertThat(timings.read()).isPositive();
      assertThat(timings.decode()).isPositive();
      assertThat(timings.total())
          .isGreaterThanOrEqualTo(timings.read().plus(timings.decode()).plus(timings.check()));
      assertThat(timings.lag()).isNotNull().isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void countsEveryOutcome() {
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      live.reload();
      desk.write("a.txt", "2");
      Desk.sync(live);
      desk.write("a.txt", "!3");
      Desk.sync(live);
      LiveStatus status = live.status();
      assertThat(status.name()).isEqualTo("a.txt");
      assertThat(status.applied()).isEqualTo(2);
      assertThat(status.rejected()).isEqualTo(1);
      assertThat(status.unchanged()).isEqualTo(1);
      assertThat(status.generation()).isEqualTo(2);
      assertThat(status.time()).isEqualTo(live.snapshot().time());
      assertThat(status.diagnostics()).isEqualTo(live.diagnostics()).hasSize(1);
    }
  }

  @Test
  void readingAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      int seen = read(live, 100_000);
      long before = threads.getCurrentThreadAllocatedBytes();
      seen += read(live, 100_000);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(seen).isEqualTo(200_000);
      // The measuring itself and a class that is loaded late may take a little.
      assertThat(allocated).isLessThan(50_000);
    }
  }

  private static int read(Live<String> live, int times) {
    int length = 0;
    for (int i = 0; i < times; i++) {
      length += live.get().length();
    }
    return length;
  }

  @Test
  void isSeenByTheFlightRecorder() throws Exception {
    List<RecordedEvent> events = Collections.synchronizedList(new ArrayList<>());
    try (RecordingStream recorder = new RecordingStream();
        Live<String> live = Live.of(desk.file("a.txt").named("flight")).open()) {
      recorder.enable("dev.pirn.Reload");
      recorder.setReuse(false);
      recorder.onEvent(
          "dev.pirn.Reload",
          event -> {
            if (event.getString("source").equals("flight")) {
              events.add(event);
            }
          });
      recorder.startAsync();
      desk.write("a.txt", "2");
      Desk.sync(live);
      desk.write("a.txt", "!3");
      Desk.sync(live);
      live.rollback(1);
      recorder.stop();
    }
    Awaitility.await()
        .atMost(Desk.LONG)
        .untilAsserted(() ->
            assertThat(events)
                .extracting(e ->
                    e.getString("trigger")
                        + " "
                        + e.getString("outcome")
                        + " "
                        + e.getLong("generation")
                        + " "
                        + e.getInt("files")
                        + " "
                        + e.getInt("diagnostics"))
                .containsExactly(
                    "CHANGE applied 2 1 0", "CHANGE rejected 2 1 1", "ROLLBACK applied 3 0 0"));
    assertThat(events.getFirst().getDuration()).isPositive();
    assertThat(events.getFirst().getDuration("read")).isPositive();
  }

  @Test
  void isLoggedOnceWhateverTheOutcome() {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(
                line.getLevel()
                    + " "
                    + line.getMessage()
                    + (line.getThrown() == null ? "" : " [" + line.getThrown() + "]"));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.pirn.live");
    handler.setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
    try (Live<String> live =
        Live.of(desk.file("a.txt").named("log"))
            .check(text -> {
              if (text.equals("fail")) {
                throw new IllegalStateException("no");
              }
              return Verdict.ok();
            })
            .open()) {
      live.reload();
      desk.write("a.txt", "!2");
      Desk.sync(live);
      desk.write("a.txt", "fail");
      Desk.sync(live);
      assertThat(lines)
          .filteredOn(line -> line.contains("log: "))
          .containsExactly(
              "FINE log: generation 1 in force (open)",
              "FINER log: unchanged (reload)",
              """
              WARNING log: refused (change); generation 1 stays in force
              error[TEST-1]: broken "!2"
                --> %s:1:1
              1 | !2
                | ^
                = the version of generation 1 stays in force
                help: take away the "!\"\
              """
                  .formatted(desk.at("a.txt")),
              """
              WARNING log: refused (change); generation 1 stays in force
              error[PIRN-L007]: a check failed, which refuses the candidate: \
              java.lang.IllegalStateException: no
                --> %s
                = generation 1 stays in force
                help: report this with the file to whoever wrote the check \
              [java.lang.IllegalStateException: no]\
              """
                  .formatted(desk.at("a.txt")));
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(null);
    }
  }

  @Test
  void aLoggerThatFailsHarmsNobody() {
    Handler failing =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            throw new IllegalStateException("the disk is full");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.pirn.live");
    logger.addHandler(failing);
    Outcomes<String> outcomes = new Outcomes<>();
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      live.onReload(_ -> {
        throw new IllegalStateException("a listener");
      });
      live.onReload(outcomes);
      desk.write("a.txt", "!2");
      Desk.sync(live);
      desk.write("a.txt", "3");
      Desk.sync(live);
      outcomes.awaitApplied("3");
    } finally {
      logger.removeHandler(failing);
    }
  }

  @Test
  void aSourceWithAFixedRestWaitsForIt() {
    try (Live<String> live = Live.of(desk.file("a.txt").debounce(Duration.ofMillis(300))).open()) {
      long begin = System.nanoTime();
      desk.write("a.txt", "2");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("2");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(290));
      assertThat(live.generation()).isEqualTo(2);
    }
  }

  @Test
  void sourcesNameWhatTheyAre() {
    assertThat(desk.file("a.txt").name()).isEqualTo("a.txt");
    assertThat(Desk.tree(WatchSpec.tree(desk.folder)).name())
        .isEqualTo(desk.folder.getFileName().toString());
    assertThat(Desk.tree(WatchSpec.tree(Path.of("/"))).name()).isEqualTo("/");
    assertThat(desk.file("a.txt").named("other").name()).isEqualTo("other");
  }
}
