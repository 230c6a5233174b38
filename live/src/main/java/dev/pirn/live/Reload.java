package dev.pirn.live;

import dev.pirn.watch.Change;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The outcome of one attempt to make a new snapshot. The set of outcomes is complete.
///
/// @param <T> the type of the value
public sealed interface Reload<T> {
  /// Why it was tried.
  Trigger trigger();

  /// Which files it was about; empty when it was about all of them.
  List<Change> changes();

  /// What is to be said about it, sorted by place.
  List<Diagnostic> diagnostics();

  /// How long it took.
  Timings timings();

  /// What is in force after it.
  Snapshot<T> snapshot();

  /// A new snapshot was published. Among its diagnostics may be errors of single files, which keep
  /// their last good version.
  ///
  /// @param previous what was in force before; null for the first
  record Applied<T>(
      Trigger trigger,
      List<Change> changes,
      @Nullable Snapshot<T> previous,
      Snapshot<T> snapshot,
      List<Diagnostic> diagnostics,
      Timings timings)
      implements Reload<T> {
    public Applied {
      Objects.requireNonNull(trigger, "trigger");
      Objects.requireNonNull(snapshot, "snapshot");
      Objects.requireNonNull(timings, "timings");
      changes = List.copyOf(changes);
      diagnostics = List.copyOf(diagnostics);
    }

    /// The value before; null for the first.
    public @Nullable T before() {
      return previous == null ? null : previous.value();
    }

    /// The value from now on.
    public T after() {
      return snapshot.value();
    }
  }

  /// Nothing that counts had changed.
  record Unchanged<T>(
      Trigger trigger,
      List<Change> changes,
      Snapshot<T> snapshot,
      List<Diagnostic> diagnostics,
      Timings timings)
      implements Reload<T> {
    public Unchanged {
      Objects.requireNonNull(trigger, "trigger");
      Objects.requireNonNull(snapshot, "snapshot");
      Objects.requireNonNull(timings, "timings");
      changes = List.copyOf(changes);
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /// The change was refused; what was in force stays in force.
  record Rejected<T>(
      Trigger trigger,
      List<Change> changes,
      Snapshot<T> snapshot,
      List<Diagnostic> diagnostics,
      Timings timings)
      implements Reload<T> {
    public Rejected {
      Objects.requireNonNull(trigger, "trigger");
      Objects.requireNonNull(snapshot, "snapshot");
      Objects.requireNonNull(timings, "timings");
      changes = List.copyOf(changes);
      diagnostics = List.copyOf(diagnostics);
    }
  }
}
