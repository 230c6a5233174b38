package dev.pirn.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/// Keeps the events that a listener is told.
final class Recorded implements Consumer<ReloadEvent> {
  private final List<ReloadEvent> all = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void accept(ReloadEvent event) {
    all.add(event);
  }

  List<ReloadEvent> all() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  ReloadEvent await(int count) {
    await(() -> {
      if (all.size() < count) {
        throw new AssertionError(all.toString());
      }
    });
    return all().get(count - 1);
  }

  static void await(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Sample.LONG).untilAsserted(assertion);
  }
}
