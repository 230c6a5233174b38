package dev.pirn.watch;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// inotify over a [SimulatedDisk]: one number a folder however it is reached, masks, identical
/// neighbours merged, an end for each watch, a queue that overflows, and a limit of watches.
final class SimulatedKernel implements Kernel {
  private static final int SELF_ONLY =
      RawEvent.SELF_DELETED | RawEvent.SELF_MOVED | RawEvent.WATCH_ENDED;

  private final SimulatedClock clock;
  private final SimulatedDisk disk;
  private final int queueLimit;
  private int watchLimit;
  private final Deque<Event> queue = new ArrayDeque<>();
  private final Map<SimulatedDisk.Node, Watched> watched = new HashMap<>();
  private final Map<Integer, SimulatedDisk.Node> numbers = new HashMap<>();
  private int last;
  private int overflows;
  private boolean limited;

  /// Whether [#await] lets time pass, as it does when nothing else happens.
  private boolean running;

  private boolean asleep;

  record Event(int number, int mask, int cookie, @Nullable String name) {}

  private record Watched(int number, boolean children) {}

  SimulatedKernel(SimulatedClock clock, SimulatedDisk disk, int queueLimit, int watchLimit) {
    this.clock = clock;
    this.disk = disk;
    this.queueLimit = queueLimit;
    this.watchLimit = watchLimit;
    disk.report(this);
  }

  // ---- what the disk does

  /// Something happened to an entry of a folder.
  void inside(SimulatedDisk.Node folder, int mask, int cookie, String name) {
    Watched watch = watched.get(folder);
    if (watch != null && watch.children) {
      queue(new Event(watch.number, mask, cookie, SimulatedDisk.valid(name) ? name : null));
    }
  }

  /// Something happened to a folder itself.
  void itself(SimulatedDisk.Node folder, int mask) {
    Watched watch = watched.get(folder);
    if (watch != null && (watch.children || (mask & SELF_ONLY) != 0)) {
      int type = (mask & SELF_ONLY) == 0 ? RawEvent.FOLDER : 0;
      queue(new Event(watch.number, mask | type, 0, ""));
    }
  }

  /// A folder is no more.
  void ended(SimulatedDisk.Node folder) {
    itself(folder, RawEvent.SELF_DELETED);
    Watched watch = watched.remove(folder);
    if (watch != null) {
      numbers.remove(watch.number);
      queue(new Event(watch.number, RawEvent.WATCH_ENDED, 0, ""));
    }
  }

  private void queue(Event event) {
    if (event.equals(queue.peekLast())) {
      return;
    }
    if (queue.size() < queueLimit) {
      queue.add(event);
    } else if (queue.size() == queueLimit) {
      overflows++;
      queue.add(new Event(-1, RawEvent.OVERFLOW, 0, ""));
    }
  }

  // ---- what the engine asks

  @Override
  public Backend backend() {
    return Backend.INOTIFY;
  }

  @Override
  public int watch(Path path, boolean children) throws WatchRefused {
    disk.pause();
    SimulatedDisk.Node node = disk.node(path.toString(), true);
    if (node == null || node.kind != Print.Kind.FOLDER) {
      throw new WatchRefused(WatchRefused.Reason.GONE);
    }
    if (!node.readable) {
      throw new WatchRefused(WatchRefused.Reason.FORBIDDEN);
    }
    Watched known = watched.get(node);
    if (known == null && watched.size() >= watchLimit) {
      limited = true;
      throw new WatchRefused(WatchRefused.Reason.LIMIT);
    }
    Watched watch =
        known == null
            ? new Watched(++last, children)
            : new Watched(known.number, known.children || children);
    watched.put(node, watch);
    numbers.put(watch.number, node);
    return watch.number;
  }

  @Override
  public void unwatch(int number) {
    disk.pause();
    SimulatedDisk.Node node = numbers.remove(number);
    if (node != null) {
      watched.remove(node);
      queue(new Event(number, RawEvent.WATCH_ENDED, 0, ""));
    }
  }

  @Override
  public void await(long nanos) {
    asleep = queue.isEmpty() && nanos == Long.MAX_VALUE;
    if (running && queue.isEmpty() && nanos != Long.MAX_VALUE) {
      clock.advance(nanos);
    }
  }

  @Override
  public void drain(RawEvent.Sink sink) {
    List<Event> now = new ArrayList<>(queue);
    queue.clear();
    for (Event event : now) {
      sink.event(event.number, event.mask, event.cookie, event.name);
    }
  }

  @Override
  public void wake() {}

  @Override
  public boolean quiet() {
    return queue.isEmpty();
  }

  @Override
  public void close() {
    watched.clear();
    numbers.clear();
  }

  // ---- what a test asks

  void run(boolean on) {
    running = on;
  }

  /// Whether the engine, when it last waited, would have waited for ever.
  boolean asleep() {
    return asleep;
  }

  /// Raises the limit of watches.
  void allow(int watches) {
    watchLimit = watches;
  }

  /// Whether a watch was ever refused for want of more.
  boolean limited() {
    return limited;
  }

  int watches() {
    return watched.size();
  }

  int overflows() {
    return overflows;
  }

  /// Takes what is queued, as text, for a comparison with the real kernel.
  List<Event> take() {
    List<Event> now = new ArrayList<>(queue);
    queue.clear();
    return now;
  }
}
