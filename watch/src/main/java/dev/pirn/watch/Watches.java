package dev.pirn.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which watch serves whom. Several targets share one watch where they look at the same folder: by
/// two subscriptions, by a link, or because it is mounted twice. Belongs to the reader thread.
final class Watches {
  private final Kernel kernel;
  private final Map<Integer, List<WatchTarget>> targets = new HashMap<>();

  Watches(Kernel kernel) {
    this.kernel = kernel;
  }

  int add(Path folder, boolean children, WatchTarget target) throws WatchRefused {
    int number = kernel.watch(folder, children);
    List<WatchTarget> those = targets.computeIfAbsent(number, _ -> new ArrayList<>(1));
    if (!those.contains(target)) {
      those.add(target);
    }
    return number;
  }

  void remove(int number, WatchTarget target) {
    List<WatchTarget> those = targets.get(number);
    if (those != null && those.remove(target) && those.isEmpty()) {
      targets.remove(number);
      kernel.unwatch(number);
    }
  }

  void dispatch(int number, int mask, int cookie, @Nullable String name) {
    List<WatchTarget> those = targets.get(number);
    if (those == null) {
      return;
    }
    boolean ended = (mask & RawEvent.WATCH_ENDED) != 0;
    if (ended) {
      targets.remove(number);
    }
    // A target may let go of its watch while it handles the event.
    for (WatchTarget target : List.copyOf(those)) {
      if (ended) {
        target.ended();
      } else {
        target.event(mask, cookie, name);
      }
    }
  }

  int size() {
    return targets.size();
  }
}
