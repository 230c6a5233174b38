package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/// Keeps the outcomes that a listener is told, and waits for them.
final class Outcomes<T> implements Consumer<Reload<T>> {
  private final List<Reload<T>> all = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void accept(Reload<T> outcome) {
    all.add(outcome);
  }

  List<Reload<T>> all() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  void clear() {
    all.clear();
  }

  List<T> applied() {
    return all().stream()
        .<T>mapMulti((outcome, each) -> {
          if (outcome instanceof Reload.Applied<T> applied) {
            each.accept(applied.after());
          }
        })
        .toList();
  }

  /// The last outcome, once there are so many.
  Reload<T> await(int count) {
    Awaitility.await()
        .atMost(Desk.LONG)
        .untilAsserted(() -> assertThat(all()).hasSizeGreaterThanOrEqualTo(count));
    return all().get(count - 1);
  }

  void awaitApplied(T value) {
    Awaitility.await().atMost(Desk.LONG).untilAsserted(() -> assertThat(applied()).endsWith(value));
  }

  /// Waits for a latch.
  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Desk.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
