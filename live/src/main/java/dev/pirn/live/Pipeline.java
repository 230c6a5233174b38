package dev.pirn.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.watch.Change;
import dev.pirn.watch.Watch;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The way from changed files to a published value: read, digest, decode, assemble, check, publish.
///
/// One [Attempt] at a time, on the thread that asks for it, under a lock. The value in force is
/// published by one volatile write and read by one volatile read.
///
/// @param <F> the type of a decoded file
/// @param <T> the type of the value
final class Pipeline<F, T> {
  private final Steps<F, T> steps;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Ledger<F, T> ledger;

  /// The same ledger, for the one field that is read without the lock.
  private final Ledger<F, T> published;

  /// What an attempt goes through.
  ///
  /// @param fallback the value while there is no valid one; null for none
  /// @param told is called with each outcome, under the lock
  record Steps<F, T>(
      Source<T> source,
      FileReader reader,
      Decoder<F> decoder,
      Assembler<F, T> assembler,
      List<Check<T>> checks,
      @Nullable T fallback,
      Consumer<Reload<T>> told) {}

  Pipeline(Steps<F, T> steps, int keep) {
    this.steps = steps;
    this.ledger = new Ledger<>(steps.source.spec().roots(), keep);
    this.published = ledger;
  }

  @Nullable Snapshot<T> current() {
    return published.current;
  }

  /// Loads all files for the first time.
  ///
  /// @return whether there is a value now; if not, because of files that somebody is writing
  /// @throws LiveException when there is none, and waiting would not help
  boolean open(Watch watch) {
    lock.lock();
    try {
      ledger.watch = watch;
      Set<Path> all = new LinkedHashSet<>(watch.files());
      all.addAll(ledger.early);
      Attempt<F, T> attempt = new Attempt<>(steps, ledger, Trigger.OPEN, List.of());
      attempt.take(modified(all));
      attempt.finish();
      if (ledger.current == null && !attempt.waiting()) {
        throw new LiveException(attempt.problems());
      }
      return ledger.current != null;
    } finally {
      lock.unlock();
    }
  }

  /// Takes up changes that the watch has told of.
  void changed(List<Change> changes) {
    lock.lock();
    try {
      if (ledger.current == null) {
        changes.forEach(change -> ledger.early.add(change.path()));
        return;
      }
      Attempt<F, T> attempt = new Attempt<>(steps, ledger, Trigger.CHANGE, changes);
      attempt.take(changes);
      attempt.finish();
    } finally {
      lock.unlock();
    }
  }

  /// Reads files again, whether they seem changed or not.
  ///
  /// @param wanted the files; null for all
  /// @param since what was in force when it was asked for: if something newer has been published
  ///   meanwhile and nothing is left to do, that is the outcome
  Reload<T> reload(@Nullable Set<Path> wanted, long since) {
    lock.lock();
    try {
      Set<Path> files = wanted;
      if (files == null) {
        files = new LinkedHashSet<>(ledger.state.parts().keySet());
        files.addAll(ledger.quarantine.keySet());
        files.addAll(Objects.requireNonNull(ledger.watch, "open").files());
      }
      List<Change> work = modified(files);
      Attempt<F, T> attempt =
          new Attempt<>(steps, ledger, Trigger.RELOAD, wanted == null ? List.of() : work);
      attempt.take(work);
      Reload<T> outcome = inForce(attempt.finish());
      Reload.Applied<T> last = ledger.lastApplied;
      return outcome instanceof Reload.Unchanged<T>
              && last != null
              && last.snapshot().generation() > since
          ? last
          : outcome;
    } finally {
      lock.unlock();
    }
  }

  private static List<Change> modified(Set<Path> files) {
    return files.stream().map(file -> new Change(Change.Kind.MODIFIED, file, null, 0)).toList();
  }

  /// Publishes an earlier generation's value again, as a new generation.
  Reload<T> rollback(long generation) {
    lock.lock();
    try {
      return inForce(
          new Attempt<>(steps, ledger, Trigger.ROLLBACK, List.of()).rollback(generation));
    } finally {
      lock.unlock();
    }
  }

  private static <T> Reload<T> inForce(@Nullable Reload<T> outcome) {
    return Objects.requireNonNull(outcome, "a source that is open has a value");
  }

  /// Whether the calling thread is in the middle of a reload, which only user code can find out.
  boolean inside() {
    return lock.isHeldByCurrentThread();
  }

  /// Looks at what is known between two reloads.
  <R> R look(Function<Ledger<F, T>, R> view) {
    lock.lock();
    try {
      return view.apply(ledger);
    } finally {
      lock.unlock();
    }
  }
}
