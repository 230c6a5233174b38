package dev.pirn.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A subscription to the changes of some files; made by [Watcher#watch].
///
/// Safe for use by several threads.
public final class Watch implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
  private static final long LONGEST_TOGETHER = Duration.ofSeconds(2).toNanos();

  private final Engine engine;
  private final List<Tree> trees;
  private final Delivery delivery;
  private final CompletableFuture<List<Path>> listed = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /// The files to which something has happened since they were told of, whether they have settled
  /// or not. The reader writes; other threads only ask for paths.
  final Map<Path, Tracked> stirred = new ConcurrentHashMap<>();

  /// What cannot be seen as long as this watch lasts.
  private final List<WatchProblem> standing;

  private final boolean together;

  private volatile WatchState lastState;
  private volatile Duration debounce;

  // Of the reader thread:
  private final List<Change> settled = new ArrayList<>();
  private long settledSince;
  private boolean stateChanged;
  private boolean began;
  private long resyncs;

  Watch(Engine engine, WatchSpec spec, Delivery delivery, List<WatchProblem> standing) {
    this.engine = engine;
    this.trees = Scope.of(spec).stream().map(scope -> new Tree(engine, this, scope)).toList();
    this.delivery = delivery;
    this.standing = standing;
    this.debounce = spec.debounce();
    this.together = spec.together();
    this.lastState = new WatchState(engine.backend(), 0, 0, 0, standing, null);
  }

  /// The files that were there when the watch began, sorted; every later difference is told as a
  /// change.
  ///
  /// @throws WatchException when the watcher was closed before they were listed
  public List<Path> files() {
    try {
      return listed.join();
    } catch (CompletionException | CancellationException e) {
      throw new WatchException("the watcher was closed", e);
    }
  }

  /// Waits until everything that had happened to the files before this call has been told, and the
  /// listener has returned.
  ///
  /// Writes nothing to the disk. A file that a writer keeps open is not complete, and is waited
  /// for. Called by the listener itself it does not wait for the listener.
  ///
  /// @return whether it got so far within the limit; false also when this is closed
  public boolean sync(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    boolean reached =
        !closed.get() && answered(limit, answer -> engine.whenSettled(this, answer::complete));
    return reached && delivery.awaitRest(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  /// A mark for [#confirms(Path, long)]: nothing that is told from now on was known before.
  public long mark() {
    return engine.settling.stamp();
  }

  /// Whether a file is there, still what it was when it was last told of, and nothing has happened
  /// to it since, as far as the system has reported it by now. Of a file that was not found, ask
  /// [#confirmsGone].
  ///
  /// A listener that has read a file asks this afterwards: if it holds, no writer was at work while
  /// it was read. If not, a further change of that file is told once it rests, even if it looks
  /// then as it did before. Usually two system calls; it waits only while events are being worked
  /// on, and never longer than a second. Of writers that have one file open at the same time only
  /// the one that wrote last is seen.
  public boolean confirms(Path file) {
    return confirms(file, Long.MAX_VALUE);
  }

  /// The same for who reads on another thread than the listener's, while changes are told:
  ///
  /// ```java
  /// long mark = watch.mark();
  /// String text = Files.readString(file);
  /// boolean whole = watch.confirms(file, mark);
  /// ```
  ///
  /// @param mark what [#mark] gave before the file was read, or the [Change#stamp] that was the
  ///   reason to read it; it does not hold when anything newer has been told of the file
  public boolean confirms(Path file, long mark) {
    return confirms(file, mark, true);
  }

  /// The same for who has found no file: whether there is none, none was told of, and nothing is to
  /// be told.
  public boolean confirmsGone(Path file) {
    return confirms(file, Long.MAX_VALUE, false);
  }

  private boolean confirms(Path file, long mark, boolean there) {
    try {
      return answered(ANSWER_LIMIT, answer -> confirm(file, mark, there, answer::complete));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The same without waiting: the answer may come on the reader thread.
  ///
  /// @param there whether the file was found
  void confirm(Path file, long mark, boolean there, Consumer<Boolean> answer) {
    int turn = engine.upToDate();
    if (turn >= 0 && rests(file, mark, there) && engine.stillAt(turn)) {
      answer.accept(true);
    } else {
      engine.afterEvents(this, reached -> answer.accept(reached && confirmed(file, mark, there)));
    }
  }

  /// Whether a file looks as it was told of, and nothing has happened to it since. A file changes
  /// before the system reports it: a look shows what no event has said yet.
  private boolean rests(Path file, long mark, boolean there) {
    if (stirred.containsKey(file) || delivery.waits(file)) {
      return false;
    }
    Tracked known = known(file);
    Print told = known == null ? null : known.told;
    Print now = engine.disk.follow(file);
    if (known == null || told == null) {
      return !there && (now == null || isNoFile(now));
    }
    return there && known.stamp <= mark && told.equals(now);
  }

  private static boolean isNoFile(Print print) {
    return print.kind() == Print.Kind.FOLDER || print.kind() == Print.Kind.OTHER;
  }

  private @Nullable Tracked known(Path file) {
    for (Tree tree : trees) {
      Tracked known = tree.find(file);
      if (known != null && known.told != null) {
        return known;
      }
    }
    return null;
  }

  /// On the reader thread. Who is told that a file does not rest is owed a further word of it,
  /// unless he has it already.
  private boolean confirmed(Path file, long mark, boolean there) {
    if (rests(file, mark, there)) {
      return true;
    }
    for (Tree tree : delivery.waits(file) ? List.<Tree>of() : trees) {
      Tracked known = tree.find(file);
      if (known != null && known.told != null && known.stamp <= mark) {
        known.owed = true;
        if (!tree.hides(known)) {
          engine.settling.again(known);
        }
      }
    }
    return false;
  }

  /// What the watch sees now, and what it cannot see; the last known after it was closed.
  public WatchState state() {
    if (!closed.get()) {
      try {
        boolean _ =
            answered(
                ANSWER_LIMIT,
                answer -> {
                  boolean posted =
                      engine.post(() -> {
                        lastState = count();
                        answer.complete(true);
                      });
                  if (!posted) {
                    answer.complete(false);
                  }
                });
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return lastState;
  }

  /// Ends the subscription. The listener is not called afterwards; a call that is under way is
  /// waited for up to five seconds, unless it is the listener that closes. Closing twice does
  /// nothing.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      engine.post(() -> engine.unsubscribe(this));
    }
    delivery.close(CLOSE_LIMIT);
  }

  private static boolean answered(Duration limit, Consumer<CompletableFuture<Boolean>> question)
      throws InterruptedException {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    question.accept(answer);
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody completes it with a failure", e);
    }
  }

  /// Sets another debounce from now on, instead of [WatchSpec#debounce(Duration)]; what globs say
  /// goes before it as ever. A file that rests already does so for as long as it was to.
  ///
  /// @throws IllegalArgumentException when it is negative or longer than
  ///   [WatchSpec#LONGEST_DEBOUNCE]
  public void debounce(Duration debounce) {
    this.debounce = WatchSpec.checked(debounce);
  }

  // ---- for the engine, on the reader thread

  Duration debounce() {
    return debounce;
  }

  List<Tree> trees() {
    return trees;
  }

  /// The first scan is through. What settled while it went on is part of what it found.
  void begin() {
    if (!began) {
      began = true;
      settled.forEach(change -> rested(change.path()));
      settled.clear();
      List<Path> files = new ArrayList<>();
      for (Tree tree : trees) {
        tree.begin();
        tree.files(file -> {
          if (file.told != null) {
            files.add(file.path());
          }
        });
      }
      files.sort(null);
      listed.complete(files.stream().distinct().toList());
      delivery.start();
    }
  }

  boolean began() {
    return began;
  }

  /// The engine has ended.
  void end() {
    closed.set(true);
    listed.completeExceptionally(new CancellationException());
    delivery.end();
  }

  void settled(Change change) {
    if (settled.isEmpty()) {
      settledSince = engine.clock.nanos();
    }
    settled.add(change);
  }

  /// Something happened to a file, or it cannot be read for a while.
  void stirred(Tracked file) {
    stirred.put(file.path(), file);
  }

  /// A file of which nothing was told, or that it is gone.
  void unknown(Tracked file) {
    stirred.remove(file.path(), file);
  }

  /// What was said of a path has been handed over; but more may have happened since.
  private void rested(Path path) {
    stirred.computeIfPresent(
        path,
        (_, file) -> file.phase == Tracked.Phase.QUIET || !file.path().equals(path) ? null : file);
  }

  boolean unsettledSince(long time) {
    if (!settled.isEmpty() && settledSince <= time) {
      return true;
    }
    for (Tracked file : stirred.values()) {
      if (file.phase != Tracked.Phase.QUIET && file.since <= time) {
        return true;
      }
    }
    return false;
  }

  void stateChanged() {
    stateChanged = true;
  }

  void resynced() {
    resyncs++;
    stateChanged = true;
  }

  /// Hands over what has settled. A file counts as waiting for the listener before it stops
  /// counting as unsettled, so that [#confirms] never finds it in neither place.
  void flush() {
    if (!began || (settled.isEmpty() && !stateChanged) || waitsForOthers()) {
      return;
    }
    if (stateChanged) {
      lastState = count();
    }
    delivery.offer(settled, stateChanged ? lastState : null);
    settled.forEach(change -> rested(change.path()));
    settled.clear();
    stateChanged = false;
  }

  /// Those that are waited for have a deadline themselves, which wakes the reader.
  private boolean waitsForOthers() {
    return together
        && engine.clock.nanos() - settledSince < LONGEST_TOGETHER
        && stirred.values().stream()
            .anyMatch(it -> it.phase == Tracked.Phase.RESTING || it.phase == Tracked.Phase.GONE);
  }

  private WatchState count() {
    int[] files = {0};
    int folders = 0;
    List<WatchProblem> problems = new ArrayList<>(standing);
    for (Tree tree : trees) {
      tree.files(file -> files[0] += file.told == null ? 0 : 1);
      folders += tree.folders();
      problems.addAll(tree.problems.list());
    }
    problems.sort(Comparator.comparing(WatchProblem::path).thenComparing(WatchProblem::kind));
    return new WatchState(
        engine.backend(), folders, files[0], resyncs, problems, delivery.failure());
  }
}
