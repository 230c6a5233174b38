package dev.pirn.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Turns what a kernel reports into settled changes. All state belongs to one thread, the reader,
/// which calls [#turn] again and again; other threads only [#post] commands and ask [#upToDate].
///
/// A turn takes what the kernel has queued, then follows paths that turned, reads some of the
/// folders that wait to be read, and looks at the files whose time has come. Reading a large tree
/// is spread over many turns, so that the kernel's queue is emptied meanwhile.
final class Engine {
  /// How many folders are read before the kernel's queue is looked at again.
  private static final int FOLDERS_A_TURN = 32;

  final Kernel kernel;
  final Disk disk;
  final Clock clock;
  final Watches watches;
  final Settling settling;

  private final long pollNanos;
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final Deque<Scan> scans = new ArrayDeque<>();
  private final Set<Anchor.Listener> turned = new LinkedHashSet<>();
  private final Set<Folder> polled = new LinkedHashSet<>();
  private final List<Watch> subscriptions = new ArrayList<>();
  private final List<Runnable> afterTurn = new ArrayList<>();
  private final List<Ask> asked = new ArrayList<>();
  private final List<Barrier> barriers = new ArrayList<>();
  private long nextPoll = Long.MAX_VALUE;
  private boolean overflow;
  private boolean resyncing;
  private int turn;

  /// INVARIANT: `begun` is written before a turn takes events from the kernel, `done` after they
  /// have had their effect, so that a thread that finds the kernel's queue empty and both equal has
  /// seen the effect of all that was queued before.
  private volatile int begun;

  private volatile int done;

  private record Scan(Folder folder, boolean initial, boolean deep) {}

  /// Reached when what was unsettled at a time has settled.
  private record Barrier(Watch watch, long time, Runnable reached) {}

  private record Ask(Watch watch, Runnable reached) {}

  Engine(Kernel kernel, Disk disk, Clock clock, Duration poll) {
    this.kernel = kernel;
    this.disk = disk;
    this.clock = clock;
    this.pollNanos = poll.toNanos();
    this.watches = new Watches(kernel);
    this.settling = new Settling(disk, clock, kernel.backend() == Backend.INOTIFY);
  }

  /// Waits for something to do and does it.
  void turn() {
    kernel.await(patience());
    turn++;
    begun = turn;
    for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
      command.run();
    }
    kernel.drain(this::event);
    trees(tree -> tree.endMoves(turn));
    followTurned();
    poll();
    read();
    settling.due();
    if (scans.isEmpty()) {
      finishScans();
    }
    subscriptions.forEach(Watch::flush);
    List<Runnable> now = List.copyOf(afterTurn);
    afterTurn.clear();
    now.forEach(Runnable::run);
    passBarriers();
    done = turn;
  }

  private long patience() {
    if (overflow || !commands.isEmpty() || !scans.isEmpty() || !turned.isEmpty()) {
      return 0;
    }
    if (subscriptions.stream().anyMatch(watch -> watch.trees().stream().anyMatch(Tree::moving))) {
      return 0;
    }
    long next = Math.min(settling.next(), nextPoll);
    return next == Long.MAX_VALUE ? next : Math.max(0, next - clock.nanos());
  }

  private void event(int number, int mask, int cookie, @Nullable String name) {
    if ((mask & RawEvent.OVERFLOW) != 0) {
      overflow = true;
    } else {
      watches.dispatch(number, mask, cookie, name);
    }
  }

  private void followTurned() {
    if (overflow) {
      overflow = false;
      resyncing = true;
      scans.clear();
      trees(Tree::resync);
    }
    List<Anchor.Listener> now = List.copyOf(turned);
    turned.clear();
    now.forEach(Anchor.Listener::turned);
  }

  private void read() {
    for (int i = 0; i < FOLDERS_A_TURN && !scans.isEmpty(); i++) {
      Scan scan = scans.removeFirst();
      scan.folder.tree.scan(scan.folder, scan.initial, scan.deep);
    }
  }

  private void finishScans() {
    for (Watch watch : subscriptions) {
      watch.begin();
      if (resyncing) {
        watch.resynced();
      }
    }
    resyncing = false;
  }

  private void poll() {
    if (nextPoll <= clock.nanos()) {
      if (kernel.backend() == Backend.POLLING) {
        trees(Tree::turned);
      }
      polled.forEach(folder -> scan(folder, false, false));
      planPoll();
    }
  }

  private void planPoll() {
    boolean polling =
        !polled.isEmpty() || (kernel.backend() == Backend.POLLING && !subscriptions.isEmpty());
    nextPoll = polling ? clock.nanos() + pollNanos : Long.MAX_VALUE;
  }

  private void passBarriers() {
    if (scans.isEmpty() && turned.isEmpty()) {
      asked.forEach(ask -> barriers.add(new Barrier(ask.watch, clock.nanos(), ask.reached)));
      asked.clear();
      List<Barrier> reached =
          barriers.stream().filter(barrier -> !barrier.watch.unsettledSince(barrier.time)).toList();
      barriers.removeAll(reached);
      reached.forEach(barrier -> barrier.reached.run());
    }
  }

  private void trees(java.util.function.Consumer<Tree> each) {
    for (Watch watch : subscriptions) {
      watch.trees().forEach(each);
    }
  }

  // ---- for the parts, on the reader thread

  void subscribe(Watch watch) {
    subscriptions.add(watch);
    watch.trees().forEach(Tree::turned);
    planPoll();
  }

  void unsubscribe(Watch watch) {
    subscriptions.remove(watch);
    watch.trees().forEach(Tree::close);
    asked.removeIf(ask -> ask.watch.equals(watch));
    barriers.removeIf(barrier -> barrier.watch.equals(watch));
    planPoll();
  }

  /// Something went wrong half-way: nothing that is known is trusted.
  void distrust() {
    overflow = true;
  }

  /// Ends, on the reader thread.
  void close() {
    subscriptions.forEach(watch -> watch.fail(new WatchException("the watcher was closed", null)));
    kernel.close();
  }

  void scan(Folder folder, boolean initial, boolean deep) {
    scans.addLast(new Scan(folder, initial, deep));
  }

  void turned(Anchor.Listener listener) {
    turned.add(listener);
  }

  void poll(Folder folder) {
    if (polled.add(folder) && nextPoll == Long.MAX_VALUE) {
      planPoll();
    }
  }

  void unpoll(Folder folder) {
    polled.remove(folder);
  }

  boolean polled(Folder folder) {
    return polled.contains(folder);
  }

  int turnNumber() {
    return turn;
  }

  // ---- for any thread

  /// Has the reader run a command before it next takes events.
  void post(Runnable command) {
    commands.add(command);
    kernel.wake();
  }

  /// Has the reader run a command when all that is queued now has had its effect.
  void afterEvents(Runnable command) {
    post(() -> afterTurn.add(command));
  }

  /// Has the reader run a command when all that has happened until now has been handed over.
  void whenSettled(Watch watch, Runnable reached) {
    post(() -> {
      if (nextPoll != Long.MAX_VALUE) {
        nextPoll = clock.nanos();
      }
      afterTurn.add(() -> asked.add(new Ask(watch, reached)));
    });
  }

  /// Whether all that the kernel had queued has had its effect.
  boolean upToDate() {
    return kernel.quiet() && begun == done;
  }
}
