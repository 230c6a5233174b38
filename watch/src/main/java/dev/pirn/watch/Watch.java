package dev.pirn.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

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

  /// What is on its way to being settled, and since when. The reader writes, any thread reads.
  private final Map<Path, Long> unsettled = new ConcurrentHashMap<>();

  private volatile WatchState lastState;

  private record Settled(Tracked file, Change change) {}

  // Of the reader thread:
  private List<Settled> settled = new ArrayList<>();
  private boolean stateChanged;
  private boolean began;
  private long resyncs;

  Watch(Engine engine, String name, WatchSpec spec, ChangeListener listener) {
    this.engine = engine;
    this.trees = Scope.of(spec).stream().map(scope -> new Tree(engine, this, scope)).toList();
    this.delivery = new Delivery(name, listener, this::state);
    this.lastState = new WatchState(engine.kernel.backend(), 0, 0, 0, List.of(), null);
  }

  /// The files that were there when the watch began, sorted; every later difference is told as a
  /// change.
  public List<Path> files() {
    return listed.join();
  }

  /// Waits until everything that had happened to the files before this call has been told, and the
  /// listener has returned.
  ///
  /// Writes nothing to the disk. A file that a writer keeps open is not complete, and is waited
  /// for. Called by the listener itself it does not wait for the listener.
  ///
  /// @return whether it got so far within the limit
  public boolean sync(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    boolean reached =
        !closed.get()
            && answered(limit, done -> engine.whenSettled(this, () -> done.complete(this)));
    return reached && delivery.awaitRest(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  /// Whether nothing has happened to a file since what was last told of it, as far as the system
  /// has reported it by now.
  ///
  /// Who has read a file asks this afterwards: if it holds, no writer was at work while it was
  /// read. If not, a further change of that file is told once it settles. Usually one system call;
  /// it waits only while events are being worked on, and never longer than a second.
  public boolean confirms(Path file) {
    try {
      if (!engine.upToDate()
          && !answered(ANSWER_LIMIT, done -> engine.afterEvents(() -> done.complete(this)))) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !unsettled.containsKey(file) && !delivery.waits(file);
  }

  /// What the watch sees now, and what it cannot see; the last known after it was closed.
  public WatchState state() {
    if (!closed.get()) {
      try {
        answered(
            ANSWER_LIMIT,
            done ->
                engine.post(() -> {
                  lastState = count();
                  done.complete(this);
                }));
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
      delivery.close(CLOSE_LIMIT);
    }
  }

  private static boolean answered(Duration limit, Consumer<CompletableFuture<Watch>> question)
      throws InterruptedException {
    CompletableFuture<Watch> answer = new CompletableFuture<>();
    question.accept(answer);
    try {
      answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
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

  /// The first scan is through.
  void begin() {
    if (!began) {
      began = true;
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
      listed.complete(List.copyOf(files));
      delivery.start();
    }
  }

  /// The engine has ended before this began.
  void fail(WatchException reason) {
    listed.completeExceptionally(reason);
  }

  void settled(Tracked file, Change change) {
    settled.add(new Settled(file, change));
  }

  void unsettled(Tracked file) {
    unsettled.put(file.path(), file.since);
  }

  void quiet(Path file) {
    unsettled.remove(file);
  }

  boolean unsettledSince(long time) {
    return unsettled.values().stream().anyMatch(since -> since <= time);
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
    if (began && (!settled.isEmpty() || stateChanged)) {
      delivery.offer(settled.stream().map(Settled::change).toList(), stateChanged);
      for (Settled one : settled) {
        Path path = one.change.path();
        // It may have been opened again since, under this name or another.
        if (one.file.phase == Tracked.Phase.QUIET || !one.file.path().equals(path)) {
          unsettled.remove(path);
        }
      }
      settled = new ArrayList<>();
      stateChanged = false;
    }
  }

  private WatchState count() {
    int[] files = {0};
    int folders = 0;
    List<WatchProblem> problems = new ArrayList<>();
    for (Tree tree : trees) {
      tree.files(_ -> files[0]++);
      folders += tree.folders();
      problems.addAll(tree.problems());
    }
    return new WatchState(
        engine.kernel.backend(), folders, files[0], resyncs, problems, delivery.failure());
  }
}
