package dev.pirn.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import dev.pirn.live.Rendering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Keeps the outcomes that a source has told, in order, and waits for the one that a test needs.
///
/// ```java
/// Recorder<App> recorder = new Recorder<>();
/// try (Live<App> app = Live.of(source).onReload(recorder).open()) {
///   scribe.inPlace("workers: 8\n");
///   recorder.awaitApplied(value -> value.workers() == 8);
/// }
/// ```
///
/// **Threading.** Safe for use by several threads. Who waits is woken by the outcome itself:
/// nothing polls, nothing sleeps.
///
/// **Failure.** When the deadline has passed, waiting throws an `AssertionError` that shows what
/// was recorded.
///
/// **Units and defaults.** The deadline is ten seconds unless another is set.
///
/// @param <T> the type of the value
public final class Recorder<T> implements Consumer<Reload<T>> {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Duration deadline;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();

  @GuardedBy("lock")
  private final List<Reload<T>> outcomes = new ArrayList<>();

  /// A recorder that waits for ten seconds at most.
  public Recorder() {
    this(DEADLINE);
  }

  /// A recorder with another deadline.
  public Recorder(Duration deadline) {
    this.deadline = Objects.requireNonNull(deadline, "deadline");
  }

  @Override
  public void accept(Reload<T> outcome) {
    Objects.requireNonNull(outcome, "outcome");
    lock.lock();
    try {
      outcomes.add(outcome);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// All outcomes so far, in the order in which they were told.
  public List<Reload<T>> outcomes() {
    lock.lock();
    try {
      return List.copyOf(outcomes);
    } finally {
      lock.unlock();
    }
  }

  /// The values that were put in force so far.
  public List<T> values() {
    List<T> values = new ArrayList<>();
    for (Reload<T> outcome : outcomes()) {
      if (outcome instanceof Reload.Applied<T> applied) {
        values.add(applied.after());
      }
    }
    return List.copyOf(values);
  }

  /// Forgets what was recorded so far.
  public void clear() {
    lock.lock();
    try {
      outcomes.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until what was recorded is as wanted.
  ///
  /// @param wanted what is waited for, for people; `at least three refusals`
  /// @return what was recorded then
  /// @throws AssertionError when the deadline passes first
  public List<Reload<T>> await(String wanted, Predicate<List<Reload<T>>> condition) {
    return awaitResult(wanted, all -> condition.test(all) ? all : null);
  }

  /// Waits until so many outcomes were told.
  ///
  /// @return the last of them
  /// @throws AssertionError when the deadline passes first
  public Reload<T> awaitCount(int count) {
    return await(count + " outcomes", all -> all.size() >= count).get(count - 1);
  }

  /// Waits until a value of this kind was put in force, be it before or after this call.
  ///
  /// @return the first outcome that did so
  /// @throws AssertionError when the deadline passes first
  public Reload.Applied<T> awaitApplied(Predicate<? super T> condition) {
    Objects.requireNonNull(condition, "condition");
    return awaitResult(
        "a value like that in force",
        all -> {
          for (Reload<T> outcome : all) {
            if (outcome instanceof Reload.Applied<T> applied && condition.test(applied.after())) {
              return applied;
            }
          }
          return null;
        });
  }

  /// Waits until a reload was refused with a problem of this code, such as `PIRN-L004`.
  ///
  /// @return the first outcome that was
  /// @throws AssertionError when the deadline passes first
  public Reload.Rejected<T> awaitRejected(String code) {
    Objects.requireNonNull(code, "code");
    return awaitResult(
        "a refusal with " + code,
        all -> {
          for (Reload<T> outcome : all) {
            if (outcome instanceof Reload.Rejected<T> rejected
                && rejected.diagnostics().stream().anyMatch(d -> d.code().equals(code))) {
              return rejected;
            }
          }
          return null;
        });
  }

  private <R> R awaitResult(String wanted, Function<List<Reload<T>>, @Nullable R> search) {
    long nanos = deadline.toNanos();
    lock.lock();
    try {
      R found = search.apply(List.copyOf(outcomes));
      while (found == null) {
        if (nanos <= 0) {
          throw new AssertionError(
              "waited %d ms for %s; %s".formatted(deadline.toMillis(), wanted, this));
        }
        nanos = more.awaitNanos(nanos);
        found = search.apply(List.copyOf(outcomes));
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + wanted + "; " + this, e);
    } finally {
      lock.unlock();
    }
  }

  /// What was recorded, one line an outcome.
  @Override
  public String toString() {
    List<Reload<T>> all = outcomes();
    StringBuilder out = new StringBuilder();
    out.append(all.isEmpty() ? "nothing was recorded" : "recorded were:");
    all.forEach(outcome -> out.append("\n  ").append(line(outcome)));
    return out.toString();
  }

  private static String line(Reload<?> outcome) {
    StringBuilder out = new StringBuilder();
    out.append(
            switch (outcome) {
              case Reload.Applied<?> _ -> "applied";
              case Reload.Unchanged<?> _ -> "unchanged";
              case Reload.Rejected<?> _ -> "rejected";
            })
        .append(" (")
        .append(outcome.trigger())
        .append("), generation ")
        .append(outcome.snapshot().generation())
        .append(": ")
        .append(outcome.snapshot().value());
    for (Diagnostic diagnostic : outcome.diagnostics()) {
      out.append("\n    ").append(Rendering.plain().line(diagnostic));
    }
    return out.toString();
  }
}
