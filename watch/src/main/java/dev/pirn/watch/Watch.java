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

  private final Engine engine;
  private final List<Tree> trees;
  private final Delivery delivery;
  private final CompletableFuture<List<Path>> listed = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /// The files to which something has happened since they were told of, whether they have settled
  /// or not. The reader writes; other threads only ask for paths.
  private final Map<Path, Tracked> stirred = new ConcurrentHashMap<>();

  /// How the files were that have been told of since the watch began. The reader writes.
  private final Map<Path, Print> told = new ConcurrentHashMap<>();

  /// What cannot be seen as long as this watch lasts.
  private final List<WatchProblem> standing;

  private volatile WatchState lastState;

  // Of the reader thread:
  private final List<Change> settled = new ArrayList<>();
  private boolean stateChanged;
  private boolean began;
  private long resyncs;

  Watch(Engine engine, WatchSpec spec, Delivery delivery, List<WatchProblem> standing) {
    this.engine = engine;
    this.trees = Scope.of(spec).stream().map(scope -> new Tree(engine, this, scope)).toList();
    this.delivery = delivery;
    this.standing = standing;
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

  /// Whether nothing has happened to a file since what was last told of it, as far as the system
  /// has reported it by now.
  ///
  /// Who has read a file asks this afterwards: if it holds, no writer was at work while it was
  /// read: nothing has been reported of it, and its size and times are as they were when it was
  /// told of. If not, a further change of that file is told once it settles. Usually two system
  /// calls; it waits only while events are being worked on, and never longer than a second. Of
  /// writers that have one file open at the same time only the one that wrote last is seen.
  public boolean confirms(Path file) {
    try {
      return answered(ANSWER_LIMIT, answer -> confirm(file, answer::complete));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The same without waiting: the answer may come on the reader thread.
  void confirm(Path file, Consumer<Boolean> answer) {
    int mark = engine.upToDate();
    if (mark >= 0 && rests(file) && asTold(file) && engine.stillAt(mark)) {
      answer.accept(true);
    } else {
      engine.afterEvents(this, reached -> answer.accept(reached && confirmed(file)));
    }
  }

  /// Whether nothing has happened to a file since it was told of.
  private boolean rests(Path file) {
    return !stirred.containsKey(file) && !delivery.waits(file);
  }

  /// Whether a file looks as it did when it was told of. A write shows in its times before the
  /// system reports it.
  private boolean asTold(Path file) {
    Print then = told.get(file);
    Print now = then == null ? null : engine.disk.follow(file);
    return then == null || then.equals(now) || Print.HIDDEN.equals(now);
  }

  /// On the reader thread. Who is told that a file does not rest is owed a further word of it, even
  /// if it looks as it did before.
  private boolean confirmed(Path file) {
    boolean rests = rests(file);
    if (rests && asTold(file)) {
      return true;
    }
    for (Tree tree : delivery.waits(file) ? List.<Tree>of() : trees) {
      Tracked known = tree.find(file);
      if (known != null && known.told != null) {
        known.owed = true;
        if (known.phase == Tracked.Phase.QUIET && !tree.hides(known)) {
          if (rests) {
            engine.settling.modified(known);
          } else {
            engine.settling.again(known);
          }
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

  // ---- for the engine, on the reader thread

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

  /// @param print as it is; null when it is gone
  void settled(Change change, @Nullable Print print) {
    settled.add(change);
    if (print == null) {
      told.remove(change.path());
    } else {
      told.put(change.path(), print);
    }
  }

  /// A file looks different in a way that is not worth telling.
  void looks(Tracked file, Print print) {
    told.replace(file.path(), print);
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
    if (!began || (settled.isEmpty() && !stateChanged)) {
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
