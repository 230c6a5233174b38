package dev.pirn.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
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

  private final Backend backend;
  private final long pollNanos;
  private final RawEvent.Sink sink = this::event;
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final List<Watch> subscriptions = new CopyOnWriteArrayList<>();
  private final Map<Folder, Scan> scans = new LinkedHashMap<>();
  private final Set<Anchor.Listener> turned = new LinkedHashSet<>();
  private final Set<Folder> polledFolders = new LinkedHashSet<>();
  private final Set<Anchor> polledAnchors = new LinkedHashSet<>();
  private final List<Question> questions = new ArrayList<>();
  private final List<Barrier> barriers = new ArrayList<>();
  private long nextPoll = Long.MAX_VALUE;
  private boolean comparing;
  private boolean overflow;
  private boolean resyncing;
  private int turn;

  /// INVARIANT: `begun` is written before a turn takes events from the kernel, `done` after they
  /// have had their whole effect, so that a thread that finds the kernel's queue empty and then
  /// both equal has seen the effect of all that was queued before.
  private volatile int begun;

  private volatile int done;
  private volatile boolean closed;

  private record Scan(boolean initial, boolean deep) {
    Scan and(Scan other) {
      return new Scan(initial && other.initial, deep || other.deep);
    }
  }

  /// To be answered when all that was queued has had its effect: by `true`, or by `false` when that
  /// will never be.
  private record Question(Watch watch, boolean settled, Consumer<Boolean> answer) {}

  /// Reached when what was unsettled at a time has settled.
  private record Barrier(Watch watch, long time, Consumer<Boolean> answer) {}

  Engine(Kernel kernel, Disk disk, Clock clock, Duration poll) {
    this.kernel = kernel;
    this.backend = kernel.backend();
    this.disk = disk;
    this.clock = clock;
    this.pollNanos = poll.toNanos();
    this.watches = new Watches(kernel);
    this.settling = new Settling(disk, clock, backend == Backend.INOTIFY);
  }

  Backend backend() {
    return backend;
  }

  /// Waits for something to do and does it.
  void turn() {
    kernel.await(patience());
    begun = ++turn;
    for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
      command.run();
    }
    kernel.drain(sink);
    for (Watch watch : subscriptions) {
      watch.trees().forEach(tree -> tree.events.endMoves(turn));
    }
    followTurned();
    poll();
    read();
    settling.due();
    if (scans.isEmpty()) {
      finishScans();
    }
    subscriptions.forEach(Watch::flush);
    if (idle()) {
      answer();
      subscriptions.forEach(Watch::flush);
      passBarriers();
      done = turn;
    }
  }

  private long patience() {
    if (!commands.isEmpty() || !idle()) {
      return 0;
    }
    long next = Math.min(settling.next(), nextPoll);
    return next == Long.MAX_VALUE ? next : Math.max(0, next - clock.nanos());
  }

  /// Whether all that was taken from the kernel has had its effect.
  private boolean idle() {
    if (overflow || comparing || !scans.isEmpty() || !turned.isEmpty()) {
      return false;
    }
    if (nextPoll != Long.MAX_VALUE && nextPoll <= clock.nanos()) {
      return false;
    }
    for (Watch watch : subscriptions) {
      for (Tree tree : watch.trees()) {
        if (tree.events.moving()) {
          return false;
        }
      }
    }
    return true;
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
    if (!turned.isEmpty()) {
      List<Anchor.Listener> now = List.copyOf(turned);
      turned.clear();
      now.forEach(Anchor.Listener::turned);
    }
  }

  private void read() {
    for (int i = 0; i < FOLDERS_A_TURN && !scans.isEmpty(); i++) {
      Iterator<Map.Entry<Folder, Scan>> all = scans.entrySet().iterator();
      Map.Entry<Folder, Scan> next = all.next();
      all.remove();
      Folder folder = next.getKey();
      folder.tree.reading.scan(folder, next.getValue().initial, next.getValue().deep);
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

  /// Compares what must be polled with the disk, unless the last comparison is not through.
  private void poll() {
    boolean time = nextPoll <= clock.nanos();
    if ((time || comparing) && scans.isEmpty()) {
      if (comparing || backend == Backend.POLLING) {
        trees(Tree::compare);
      }
      List.copyOf(polledFolders).forEach(folder -> folder.tree.reading.poll(folder));
      List.copyOf(polledAnchors).forEach(Anchor::poll);
      comparing = false;
      planPoll();
    }
  }

  private void planPoll() {
    boolean polling =
        !polledFolders.isEmpty()
            || !polledAnchors.isEmpty()
            || (backend == Backend.POLLING && !subscriptions.isEmpty());
    nextPoll = polling ? clock.nanos() + pollNanos : Long.MAX_VALUE;
  }

  private void answer() {
    if (questions.isEmpty()) {
      return;
    }
    List<Question> now = List.copyOf(questions);
    questions.clear();
    for (Question question : now) {
      if (question.settled) {
        barriers.add(new Barrier(question.watch, clock.nanos(), question.answer));
      } else {
        question.answer.accept(true);
      }
    }
  }

  private void passBarriers() {
    for (Iterator<Barrier> all = barriers.iterator(); all.hasNext(); ) {
      Barrier barrier = all.next();
      if (!barrier.watch.unsettledSince(barrier.time)) {
        all.remove();
        barrier.answer.accept(true);
      }
    }
  }

  private void trees(Consumer<Tree> each) {
    for (Watch watch : subscriptions) {
      watch.trees().forEach(each);
    }
  }

  // ---- for the parts, on the reader thread

  void subscribe(Watch watch) {
    subscriptions.add(watch);
    watch.trees().forEach(Tree::compare);
    planPoll();
  }

  void unsubscribe(Watch watch) {
    subscriptions.remove(watch);
    watch.trees().forEach(Tree::close);
    watch.trees().forEach(turned::remove);
    scans.keySet().removeIf(folder -> watch.trees().contains(folder.tree));
    refuse(watch);
    planPoll();
  }

  private void refuse(Watch watch) {
    List<Consumer<Boolean>> refused = new ArrayList<>();
    questions.removeIf(question -> question.watch.equals(watch) && refused.add(question.answer));
    barriers.removeIf(barrier -> barrier.watch.equals(watch) && refused.add(barrier.answer));
    refused.forEach(answer -> answer.accept(false));
  }

  /// Something went wrong half-way: nothing that is known is trusted.
  void distrust() {
    overflow = true;
  }

  /// Ends, on the reader thread.
  void close() {
    closed = true;
    for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
      command.run();
    }
    for (Watch watch : subscriptions) {
      watch.end();
      refuse(watch);
    }
    kernel.close();
  }

  void scan(Folder folder, boolean initial, boolean deep) {
    scans.merge(folder, new Scan(initial, deep), Scan::and);
  }

  void turned(Anchor.Listener listener) {
    turned.add(listener);
  }

  void poll(Folder folder) {
    if (polledFolders.add(folder) && nextPoll == Long.MAX_VALUE) {
      planPoll();
    }
  }

  /// Whether it had been polled.
  boolean unpoll(Folder folder) {
    return !polledFolders.isEmpty() && polledFolders.remove(folder);
  }

  boolean polls(Folder folder) {
    return polledFolders.contains(folder);
  }

  boolean pollsPartOf(Tree tree) {
    return polledFolders.stream().anyMatch(folder -> folder.tree == tree);
  }

  void poll(Anchor anchor) {
    if (backend != Backend.POLLING && polledAnchors.add(anchor) && nextPoll == Long.MAX_VALUE) {
      planPoll();
    }
  }

  void unpoll(Anchor anchor) {
    polledAnchors.remove(anchor);
  }

  int turnNumber() {
    return turn;
  }

  // ---- for any thread

  /// The subscriptions that there are.
  List<Watch> subscriptions() {
    return subscriptions;
  }

  /// Has the reader run a command before it next takes events.
  ///
  /// @return whether it will; false when the engine has ended
  boolean post(Runnable command) {
    commands.add(command);
    // Who closes runs what it finds, so that a command that is still there will not be run.
    if (closed && commands.remove(command)) {
      return false;
    }
    kernel.wake();
    return true;
  }

  /// Asks to be told when all that is queued now has had its effect.
  void afterEvents(Watch watch, Consumer<Boolean> answer) {
    ask(new Question(watch, false, answer), false);
  }

  /// Asks to be told when all that has happened until now has been handed over.
  void whenSettled(Watch watch, Consumer<Boolean> answer) {
    // Other kernels may be late with what they report, or report nothing.
    ask(new Question(watch, true, answer), backend != Backend.INOTIFY);
  }

  private void ask(Question question, boolean compare) {
    boolean posted =
        post(() -> {
          if (!subscriptions.contains(question.watch)) {
            // Its watch was closed after it was put: nothing will settle it.
            question.answer.accept(false);
            return;
          }
          questions.add(question);
          comparing |= compare;
          if (question.settled && nextPoll != Long.MAX_VALUE) {
            nextPoll = clock.nanos();
          }
        });
    if (!posted) {
      question.answer.accept(false);
    }
  }

  /// A number that says that all that the kernel had queued has had its effect, as long as
  /// [#stillAt] holds for it; negative when that is not so.
  int upToDate() {
    if (!kernel.quiet()) {
      return -1;
    }
    int now = begun;
    return now == done ? now & Integer.MAX_VALUE : -1;
  }

  /// Whether nothing has been done since.
  boolean stillAt(int mark) {
    return (begun & Integer.MAX_VALUE) == mark;
  }
}
