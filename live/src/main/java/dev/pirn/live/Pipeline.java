package dev.pirn.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.watch.Change;
import dev.pirn.watch.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The way from changed files to a published value: read, digest, decode, assemble, check, publish.
///
/// One [Attempt] at a time, on the thread that asks for it, under a lock. How the source stands is
/// published by one volatile write and read by one volatile read, under no lock.
///
/// @param <F> the type of a decoded file
/// @param <T> the type of the value
final class Pipeline<F, T> {
  /// How often files that were being written are looked at again without being told of, and how
  /// long each time is waited for their writers.
  private static final int LOOKS = 5;

  private static final Duration REST_LIMIT = Duration.ofMillis(200);

  private final Steps<F, T> steps;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Ledger<F, T> ledger;

  /// The same ledger, for what may be read without the lock.
  private final Ledger<F, T> published;

  /// Is called with each outcome, under the lock.
  @FunctionalInterface
  interface Told<T> {
    /// Takes an outcome.
    ///
    /// @param thrown what user code threw, if it did
    void accept(Reload<T> outcome, @Nullable Throwable thrown);
  }

  /// What an attempt goes through.
  ///
  /// @param fallback the value while there is no valid one; null for none
  /// @param following how a value wants its files to be followed
  record Steps<F, T>(
      Source<T> source,
      FileReader reader,
      Decoder<F> decoder,
      Assembler<F, T> assembler,
      List<Check<T>> checks,
      @Nullable T fallback,
      Function<? super T, Following> following,
      Told<T> told) {

    /// What stays in force when something is refused, for people.
    String inForce(@Nullable Snapshot<T> current) {
      if (current == null) {
        return fallback == null ? "nothing is in force" : "the default is in force";
      }
      return "generation " + current.generation() + " stays in force";
    }
  }

  Pipeline(Steps<F, T> steps, int keep) {
    this.steps = steps;
    this.ledger = new Ledger<>(steps.source.spec().roots(), keep);
    this.published = ledger;
    ledger.following = new Following(true, steps.source.spec().debounce());
  }

  /// How the source stands. Waits for nobody.
  Standing<F, T> now() {
    return published.now();
  }

  /// Newest first. Waits for nobody that runs user code.
  List<HistoryEntry> history() {
    return published.history.entries();
  }

  /// Loads all files for the first time.
  ///
  /// @param again whether this has been tried before: then files are looked for that the watch has
  ///   not listed because they are being written
  /// @return why there is no value; null when there is one
  @Nullable LiveException open(Watch watch, boolean again) {
    lock.lock();
    try {
      ledger.watch = watch;
      Set<Path> all = new LinkedHashSet<>(watch.files());
      all.addAll(ledger.early);
      if (again || steps.source.spec().singleFiles()) {
        all.addAll(Walk.files(steps.source.spec()));
      }
      LiveException refused =
          attempt(
              Trigger.OPEN,
              List.of(),
              attempt ->
                  attempt.take(modified(all), again) == null
                      ? new LiveException(attempt.problems(), attempt.thrown())
                      : null);
      if (refused == null) {
        ledger.early.clear();
      }
      return refused;
    } finally {
      lock.unlock();
    }
  }

  /// Takes up changes that the watch has told of, on the watch's thread.
  void changed(List<Change> changes) {
    take(changes);
    // What was being written is told of again, except when it turns out that it was not, as after
    // events were lost. So it is looked at again when all is at rest, unless that takes long.
    for (int look = 0; look < LOOKS; look++) {
      List<Change> doubtful = doubtful();
      if (doubtful.isEmpty() || published.closed() || !rested()) {
        return;
      }
      take(doubtful);
    }
  }

  private void take(List<Change> changes) {
    lock.lock();
    try {
      if (ledger.now().snapshot() == null) {
        changes.forEach(change -> ledger.early.add(change.path()));
      } else if (ledger.following.changes()) {
        attempt(Trigger.CHANGE, changes, attempt -> attempt.take(changes, false));
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Change> doubtful() {
    lock.lock();
    try {
      return modified(ledger.doubtful);
    } finally {
      lock.unlock();
    }
  }

  private boolean rested() {
    Watch watch = published.watch;
    try {
      return watch != null && watch.sync(REST_LIMIT);
    } catch (InterruptedException e) {
      // User code has left it behind, and nobody interrupts this thread: look at once.
      return true;
    }
  }

  /// Reads files again, whether they seem changed or not.
  ///
  /// @param wanted the file; null for all
  /// @param since what was in force when it was asked for: if something newer has been published
  ///   meanwhile and nothing is left to do, that is the outcome
  /// @param lastChance whether not to wait any longer for files that are still being written
  /// @return the outcome; null when there are such files, and it is not the last chance
  @Nullable Reload<T> reload(@Nullable Path wanted, long since, boolean lastChance) {
    lock.lock();
    try {
      List<Change> work = modified(wanted == null ? known() : List.of(wanted));
      List<Change> about = wanted == null ? List.of() : work;
      Reload<T> outcome = attempt(Trigger.RELOAD, about, attempt -> attempt.take(work, lastChance));
      if (outcome == null && !lastChance && !ledger.closed()) {
        return null;
      }
      Reload.Applied<T> last = ledger.now().last();
      return outcome instanceof Reload.Unchanged<T>
              && last != null
              && last.snapshot().generation() > since
              && (wanted == null || names(last, wanted))
          ? last
          : orClosed(outcome);
    } finally {
      lock.unlock();
    }
  }

  /// All files that are there, and all that are thought to be.
  @GuardedBy("lock")
  private Set<Path> known() {
    Set<Path> files = Walk.files(steps.source.spec());
    files.addAll(ledger.now().state().parts().keySet());
    files.addAll(ledger.now().quarantine().keySet());
    return files;
  }

  private static boolean names(Reload<?> outcome, Path file) {
    return outcome.changes().isEmpty()
        || outcome.changes().stream().anyMatch(change -> change.path().equals(file));
  }

  private static List<Change> modified(Collection<Path> files) {
    return files.stream().map(file -> new Change(Change.Kind.MODIFIED, file, null, 0)).toList();
  }

  /// Publishes an earlier generation's value again, as a new generation.
  Reload<T> rollback(long generation) {
    lock.lock();
    try {
      return orClosed(
          attempt(Trigger.ROLLBACK, List.of(), attempt -> attempt.rollback(generation)));
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private <R> @Nullable R attempt(
      Trigger trigger, List<Change> changes, Function<Attempt<F, T>, @Nullable R> work) {
    Attempt<F, T> attempt = new Attempt<>(steps, ledger, trigger, changes);
    try {
      return work.apply(attempt);
    } catch (Throwable e) {
      attempt.abandon();
      throw e;
    }
  }

  private Reload<T> orClosed(@Nullable Reload<T> outcome) {
    if (outcome == null) {
      throw new IllegalStateException("the source " + steps.source.name() + " has been closed");
    }
    return outcome;
  }

  /// Whether the calling thread is in the middle of a reload, which only user code can find out.
  boolean inside() {
    return lock.isHeldByCurrentThread();
  }

  /// Publishes nothing any more. Does not wait for a reload that is under way.
  void close() {
    published.close();
  }
}
