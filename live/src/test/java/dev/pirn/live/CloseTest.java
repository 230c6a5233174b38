package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CloseTest {
  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
    desk.write("a.txt", "0");
  }

  private Live<String> open() {
    return Live.of(desk.file("a.txt")).open();
  }

  @Test
  void theLastValueStaysReadableAndNothingIsTakenUpAnyMore() {
    Live<String> live = open();
    live.close();
    live.close();
    desk.write("a.txt", "1");
    assertThat(live.get()).isEqualTo("0");
    assertThat(live.status().generation()).isEqualTo(1);
    assertThat(live.history()).hasSize(1);
    assertThatThrownBy(live::reload)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the source a.txt is closed");
    assertThatThrownBy(() -> live.rollback(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the source a.txt is closed");
    live.onReload(_ -> {}).close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNoThreadAndNoHandleBehind() throws Exception {
    openAndClose();
    long handles = handles();
    for (int i = 0; i < 100; i++) {
      openAndClose();
    }
    await()
        .atMost(Desk.LONG)
        .untilAsserted(() ->
            assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("pirn-")));
    assertThat(handles()).isLessThanOrEqualTo(handles + 1);
  }

  private void openAndClose() throws InterruptedException {
    AtomicReference<Thread> teller = new AtomicReference<>();
    CountDownLatch told = new CountDownLatch(1);
    try (Live<String> live =
        Live.of(desk.file("a.txt"))
            .onReload(_ -> {
              teller.set(Thread.currentThread());
              told.countDown();
            })
            .open()) {
      Outcomes.await(told);
      assertThat(live.generation()).isEqualTo(1);
    }
    assertThat(teller.get().join(Desk.LONG)).isTrue();
  }

  private static long handles() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  @Test
  void anOpeningThatFailsLeavesNothingBehindEither() {
    desk.write("a.txt", "!broken");
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(this::open).isInstanceOf(LiveException.class);
    }
    await()
        .atMost(Desk.LONG)
        .untilAsserted(() ->
            assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("pirn-")));
  }

  @Test
  void noListenerIsCalledAfterwardsWhoeverCloses() throws Exception {
    for (int round = 0; round < 30; round++) {
      AtomicBoolean closed = new AtomicBoolean();
      AtomicInteger late = new AtomicInteger();
      Live<String> live = open();
      live.onReload(_ -> {
        Thread.yield();
        if (closed.get()) {
          late.incrementAndGet();
        }
      });
      List<Thread> closers = new ArrayList<>();
      desk.write("a.txt", "r" + round);
      for (int i = 0; i < 3; i++) {
        closers.add(
            Thread.startVirtualThread(() -> {
              live.close();
              // Each of them has waited, not only the first.
              closed.set(true);
            }));
      }
      desk.write("a.txt", "s" + round);
      for (Thread closer : closers) {
        closer.join();
      }
      assertThat(late).hasValue(0);
    }
  }

  @Test
  void itWaitsForAListenerThatIsBeingCalled() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Live<String> live = open();
    live.onReload(_ -> {
      entered.countDown();
      Outcomes.await(go);
      ended.set(true);
    });
    desk.write("a.txt", "1");
    Outcomes.await(entered);
    Thread closer = Thread.startVirtualThread(live::close);
    Thread second = Thread.startVirtualThread(live::close);
    await().until(() -> waits(closer) && waits(second));
    go.countDown();
    await().atMost(Desk.LONG).until(() -> !closer.isAlive() && !second.isAlive());
    assertThat(ended).isTrue();
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING
        || thread.getState() == Thread.State.WAITING;
  }

  @Test
  void itIsBoundedWhenAListenerNeverReturns() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    Live<String> live = open();
    live.onReload(_ -> {
      calls.incrementAndGet();
      entered.countDown();
      Outcomes.await(go);
    });
    live.onReload(_ -> calls.incrementAndGet());
    desk.write("a.txt", "1");
    Outcomes.await(entered);
    long begin = System.nanoTime();
    live.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(12));
    go.countDown();
    assertThat(calls).hasValue(1);
  }

  @Test
  void aCheckMayClose() {
    AtomicReference<Live<String>> self = new AtomicReference<>();
    CountDownLatch closed = new CountDownLatch(1);
    Outcomes<String> outcomes = new Outcomes<>();
    Live<String> live =
        Live.of(desk.file("a.txt"))
            .check(_ -> {
              Live<String> own = self.get();
              if (own != null) {
                own.close();
                closed.countDown();
              }
              return Verdict.ok();
            })
            .open();
    self.set(live);
    live.onReload(outcomes);
    desk.write("a.txt", "1");
    Outcomes.await(closed);
    live.close();
    assertThat(live.get()).as("nothing is published after it was closed").isEqualTo("0");
    assertThat(outcomes.all()).isEmpty();
    await()
        .atMost(Desk.LONG)
        .untilAsserted(() ->
            assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("pirn-")));
  }

  @Test
  void theValueStaysAsItIsEvenIfACheckEndsLater() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Live<String> live =
        Live.of(desk.file("a.txt"))
            .check(text -> {
              if (text.equals("slow")) {
                entered.countDown();
                Outcomes.await(go);
              }
              return Verdict.ok();
            })
            .open();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread reloading =
        Thread.ofVirtual()
            .uncaughtExceptionHandler((_, e) -> thrown.set(e))
            .start(() -> {
              desk.write("a.txt", "slow");
              live.reload();
            });
    Outcomes.await(entered);
    assertThat(live.status().generation()).as("a slow check delays no report").isEqualTo(1);
    Thread closer = Thread.startVirtualThread(live::close);
    await().until(() -> waits(closer) || !closer.isAlive());
    go.countDown();
    await().atMost(Desk.LONG).until(() -> !closer.isAlive() && !reloading.isAlive());
    assertThat(live.get()).isEqualTo("0");
    assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aThreadThatWasInterruptedClosesCompletelyAndStaysInterrupted() {
    AtomicInteger calls = new AtomicInteger();
    Live<String> live = open();
    live.onReload(_ -> calls.incrementAndGet());
    Thread.currentThread().interrupt();
    live.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("pirn-watch-a.txt"));
  }

  @Test
  void closingAmidReloadsFromManyThreadsEndsThemAll() throws Exception {
    for (int round = 0; round < 10; round++) {
      Live<String> live = open();
      CountDownLatch started = new CountDownLatch(3);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        threads.add(
            Thread.startVirtualThread(() -> {
              started.countDown();
              try {
                while (true) {
                  live.reload();
                }
              } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("closed");
              }
            }));
      }
      Outcomes.await(started);
      desk.write("a.txt", "r" + round);
      live.close();
      for (Thread thread : threads) {
        assertThat(thread.join(Desk.LONG)).isTrue();
      }
    }
  }
}
