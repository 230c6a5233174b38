package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerTest {
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

  private void edit(Live<String> live, String text) {
    desk.write("a.txt", text);
    Desk.sync(live);
  }

  @Test
  void areToldInOrderOneAtATimeAndUnderNoLock() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    try (Live<String> live = open()) {
      for (String name : List.of("x", "y")) {
        live.onChange(change -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          told.add(name + change.before() + change.after());
          assertThat(live.history()).isNotEmpty();
          assertThat(live.status().name()).isEqualTo("a.txt");
          Thread.yield();
          inside.decrementAndGet();
        });
      }
      for (int i = 1; i <= 5; i++) {
        edit(live, String.valueOf(i));
      }
      await()
          .untilAsserted(() ->
              assertThat(told)
                  .containsExactly(
                      "x01", "y01", "x12", "y12", "x23", "y23", "x34", "y34", "x45", "y45"));
      assertThat(most).hasValue(1);
    }
  }

  @Test
  void runOnTheThreadThatTheDocsName() {
    AtomicReference<Thread> teller = new AtomicReference<>();
    try (Live<String> live = open()) {
      live.onChange(_ -> teller.set(Thread.currentThread()));
      edit(live, "1");
      await().untilAsserted(() -> assertThat(teller.get()).isNotNull());
      assertThat(teller.get().getName()).isEqualTo("pirn-tell-a.txt");
      assertThat(teller.get().isVirtual()).isTrue();
    }
  }

  @Test
  void oneThatThrowsHarmsNobodyAndIsCounted() {
    Outcomes<String> outcomes = new Outcomes<>();
    List<Throwable> failures =
        List.of(
            new IllegalStateException("no"),
            new AssertionError("no"),
            new StackOverflowError(),
            new OutOfMemoryError("not really"));
    AtomicInteger calls = new AtomicInteger();
    try (Live<String> live = open()) {
      live.onReload(_ -> sneak(failures.get(calls.getAndIncrement())));
      live.onReload(outcomes);
      for (int i = 1; i <= failures.size(); i++) {
        edit(live, String.valueOf(i));
      }
      outcomes.awaitApplied("4");
      assertThat(outcomes.applied()).containsExactly("1", "2", "3", "4");
      assertThat(live.status().listenerFailures()).isEqualTo(4);
    }
  }

  @Test
  void anInterruptThatOneLeavesBehindDoesNotReachTheNext() {
    AtomicBoolean interrupted = new AtomicBoolean();
    Outcomes<String> outcomes = new Outcomes<>();
    try (Live<String> live = open()) {
      live.onReload(_ -> Thread.currentThread().interrupt());
      live.onReload(_ -> sneak(new InterruptedException("thrown past the compiler")));
      live.onReload(_ -> interrupted.compareAndSet(false, Thread.currentThread().isInterrupted()));
      live.onReload(outcomes);
      edit(live, "1");
      edit(live, "2");
      outcomes.awaitApplied("2");
      assertThat(interrupted).isFalse();
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable e) throws E {
    throw (E) e;
  }

  @Test
  void oneMayEndItselfOrAnother() {
    Outcomes<String> first = new Outcomes<>();
    Outcomes<String> second = new Outcomes<>();
    Outcomes<String> third = new Outcomes<>();
    List<Subscription> subscriptions = Collections.synchronizedList(new ArrayList<>());
    try (Live<String> live = open()) {
      subscriptions.add(
          live.onReload(outcome -> {
            first.accept(outcome);
            subscriptions.forEach(Subscription::close);
          }));
      subscriptions.add(live.onReload(second));
      live.onReload(third);
      edit(live, "1");
      edit(live, "2");
      third.awaitApplied("2");
      assertThat(first.applied()).containsExactly("1");
      assertThat(second.applied()).isEmpty();
    }
  }

  @Test
  void oneThatIsAddedByAnotherIsToldOfWhatFollowsOnly() {
    Outcomes<String> late = new Outcomes<>();
    AtomicBoolean added = new AtomicBoolean();
    try (Live<String> live = open()) {
      CountDownLatch go = new CountDownLatch(1);
      live.onReload(_ -> {
        Outcomes.await(go);
        if (added.compareAndSet(false, true)) {
          live.onReload(late);
        }
      });
      edit(live, "1");
      edit(live, "2");
      go.countDown();
      await().untilTrue(added);
      edit(live, "3");
      late.awaitApplied("3");
      assertThat(late.applied()).containsExactly("3");
    }
  }

  @Test
  void oneMayReloadAndRollBack() {
    List<Reload<String>> own = Collections.synchronizedList(new ArrayList<>());
    Outcomes<String> outcomes = new Outcomes<>();
    try (Live<String> live = open()) {
      live.onReload(outcomes);
      live.onChange(change -> {
        if (change.trigger() == Trigger.CHANGE) {
          own.add(live.reload());
          own.add(live.rollback(1));
        }
      });
      edit(live, "1");
      outcomes.await(3);
      assertThat(own).hasSize(2);
      assertThat(own.get(0)).isInstanceOf(Reload.Unchanged.class);
      assertThat(own.get(1)).isInstanceOf(Reload.Applied.class);
      assertThat(live.get()).isEqualTo("0");
      assertThat(outcomes.all())
          .extracting(Reload::trigger)
          .containsExactly(Trigger.CHANGE, Trigger.RELOAD, Trigger.ROLLBACK);
    }
  }

  @Test
  void oneMayCloseTheSource() {
    CountDownLatch closed = new CountDownLatch(1);
    Outcomes<String> after = new Outcomes<>();
    Live<String> live = open();
    live.onReload(_ -> {
      live.close();
      closed.countDown();
    });
    live.onReload(after);
    desk.write("a.txt", "1");
    Outcomes.await(closed);
    live.close();
    assertThat(after.all()).isEmpty();
    assertThat(live.get()).isEqualTo("1");
  }

  @Test
  void oneThatBlocksDelaysNeitherTheValueNorAnotherSource() {
    desk.write("b.txt", "b0");
    CountDownLatch go = new CountDownLatch(1);
    Outcomes<String> later = new Outcomes<>();
    Outcomes<String> other = new Outcomes<>();
    try (Live<String> live = open();
        Live<String> b = Live.of(desk.file("b.txt")).onReload(other).open()) {
      live.onReload(_ -> Outcomes.await(go));
      live.onReload(later);
      for (int i = 1; i <= 3; i++) {
        edit(live, String.valueOf(i));
        assertThat(live.get()).isEqualTo(String.valueOf(i));
      }
      desk.write("b.txt", "b1");
      other.awaitApplied("b1");
      assertThat(b.get()).isEqualTo("b1");
      assertThat(later.all()).isEmpty();
      go.countDown();
      later.awaitApplied("3");
      assertThat(later.applied()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void oneThatFallsFarBehindIsToldOfASpan() {
    CountDownLatch go = new CountDownLatch(1);
    Outcomes<String> outcomes = new Outcomes<>();
    try (Live<String> live = open()) {
      live.onReload(outcomes);
      live.onReload(_ -> Outcomes.await(go));
      edit(live, "1");
      outcomes.await(1);
      edit(live, "2");
      long oldest = live.generation();
      for (int i = 0; i < Backlog.LONGEST + 5; i++) {
        live.rollback(oldest - 1 + i % 2);
      }
      String last = live.get();
      long generation = live.generation();
      go.countDown();
      await()
          .untilAsserted(() ->
              assertThat(outcomes.all().getLast().snapshot().generation()).isEqualTo(generation));
      assertThat(live.get()).isEqualTo(last);
      List<Reload<String>> told = outcomes.all();
      assertThat(told).hasSizeLessThan(20);
      // Nothing is left out: each begins with what the one before ended with.
      Snapshot<String> at = null;
      for (Reload<String> one : told) {
        if (one instanceof Reload.Applied<String> applied) {
          assertThat(applied.previous() == null || at == null || applied.previous().equals(at))
              .as("%s continues %s", applied.previous(), at)
              .isTrue();
          at = applied.snapshot();
        }
      }
    }
  }

  @Test
  void aListenerOfTheBuilderIsToldOfTheOpening() {
    Outcomes<String> outcomes = new Outcomes<>();
    try (Live<String> live = Live.of(desk.file("a.txt")).onReload(outcomes).open()) {
      assertThat(outcomes.await(1))
          .isInstanceOfSatisfying(
              Reload.Applied.class, first -> assertThat(first.previous()).isNull());
      assertThat(live.generation()).isEqualTo(1);
    }
  }
}
