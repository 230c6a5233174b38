package dev.pirn.live;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pirn.watch.ChangeListener;
import dev.pirn.watch.ChangeSet;
import dev.pirn.watch.Watch;
import dev.pirn.watch.WatchProblem;
import dev.pirn.watch.WatchState;
import dev.pirn.watch.Watcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A typed value that follows its files.
///
/// ```java
/// record App(String name, int workers) {}
///
/// try (Live<App> app = Live.of(Source.file(Path.of("app.yaml"), Yaml.decoder(App.class)))
///     .check(candidate -> candidate.workers() <= 64 ? Verdict.ok() : Verdict.refuse("at most 64 workers"))
///     .open()) {
///   app.get().workers();
///   app.onChange(change -> pool.resize(change.after().workers()));
///   app.rollback(app.generation() - 1);
/// }
/// ```
///
/// [#get] is one volatile read of an immutable value: no lock, nothing allocated, never null, never
/// a mixture of two files. Once a source is open, a bad file can never take a good value away.
///
/// **Threading.** All methods may be called by any thread. Files are read, decoded and checked on
/// the watch's thread `pirn-watch-NAME`, or on the thread that calls [#reload]; listeners are
/// called on the virtual thread `pirn-tell-NAME`, one call at a time, in order, under no lock.
///
/// **Life cycle.** [Builder#open] returns with a value in force. [#close] may be called by any
/// thread, from listeners and checks too, and amid reloads. It waits up to five seconds for a check
/// and as long for a listener that is being called; when it has returned, no listener is called,
/// the value does not change, and no thread and no handle is left. The last value can still be
/// read.
///
/// **Failure.** Every outcome is a [Reload], told to [#onReload], remembered in [#history] and
/// logged once to the logger `dev.pirn.live`. What is to be mended now is in [#diagnostics].
///
/// @param <T> the type of the value, which should be immutable
public final class Live<T> implements AutoCloseable {
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(2);

  private final Source<T> source;
  private final Pipeline<?, T> pipeline;
  private final Notifier<T> notifier;
  private final Watch watch;
  private final @Nullable Watcher ownWatcher;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Live(Builder<T> builder) {
    this.source = builder.source;
    Journal journal = new Journal(source.name());
    this.notifier = new Notifier<>(source.name(), journal);
    this.pipeline =
        pipeline(
            builder,
            source.recipe(),
            (outcome, thrown) -> {
              notifier.tell(outcome);
              journal.outcome(outcome, thrown);
            });
    Watcher shared = builder.watcher;
    this.ownWatcher = shared == null ? Watcher.open() : null;
    Watcher watcher = shared == null ? Objects.requireNonNull(ownWatcher) : shared;
    builder.listeners.forEach(notifier::add);
    try {
      this.watch = watcher.watch(source.spec(), new Follower());
    } catch (RuntimeException e) {
      if (ownWatcher != null) {
        ownWatcher.close();
      }
      throw e;
    }
  }

  private static <F, T> Pipeline<F, T> pipeline(
      Builder<T> builder, Source.Recipe<F, T> recipe, Pipeline.Told<T> told) {
    Source<T> source = builder.source;
    return new Pipeline<>(
        new Pipeline.Steps<>(
            source,
            new FileReader(source.maxBytes()),
            recipe.decoder(),
            recipe.assembler(),
            List.copyOf(builder.checks),
            builder.fallback,
            builder.following == null
                ? _ -> new Following(true, source.spec().debounce())
                : builder.following,
            told),
        builder.keep);
  }

  /// Begins to open a source.
  public static <T> Builder<T> of(Source<T> source) {
    return new Builder<>(source);
  }

  /// The value in force.
  public T get() {
    return snapshot().value();
  }

  /// The value in force with its generation and its files.
  public Snapshot<T> snapshot() {
    Snapshot<T> now = pipeline.now().snapshot();
    if (now == null) {
      throw new IllegalStateException("the source is still being opened");
    }
    return now;
  }

  /// The generation in force.
  public long generation() {
    return snapshot().generation();
  }

  /// Reads all files again, even where nothing seems to have changed, and puts in force what the
  /// disk says. After a rollback this is the way forward again.
  ///
  /// @return the outcome; when the change is taken up on its own during the call, that outcome
  /// @throws IllegalStateException when a check of this source calls it, or the source is closed
  public Reload<T> reload() {
    return again(null);
  }

  /// Reads one file again.
  ///
  /// @return the outcome; when a change of it had been taken up on its own just before, that
  ///   outcome
  /// @throws IllegalArgumentException when it is not a file of this source
  /// @throws IllegalStateException when a check of this source calls it, or the source is closed
  public Reload<T> reload(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    if (!Walk.covers(source.spec(), absolute)) {
      throw new IllegalArgumentException(
          "\"" + file + "\" is not a file of the source " + source.name());
    }
    return again(absolute);
  }

  private Reload<T> again(@Nullable Path file) {
    notFromWithin("reload");
    long since = generation();
    // What looks as if it were being written may only have been told of at this moment.
    Reload<T> outcome = pipeline.reload(file, since, !settled());
    if (outcome == null) {
      settled();
      outcome = pipeline.reload(file, since, true);
    }
    return Objects.requireNonNull(outcome, "the last chance has an outcome");
  }

  /// Waits a while for what is on its way.
  ///
  /// @return whether it has come
  @CanIgnoreReturnValue
  private boolean settled() {
    try {
      return watch.sync(SETTLE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Puts an earlier generation's value in force again, as a new generation. It stays until a file
  /// changes, and then for all files but that one, or until [#reload].
  ///
  /// @return the outcome; rejected when that generation is not kept
  /// @throws IllegalStateException when a check of this source calls it, or the source is closed
  public Reload<T> rollback(long generation) {
    notFromWithin("rollback");
    return pipeline.rollback(generation);
  }

  private void notFromWithin(String method) {
    if (closed.get()) {
      throw new IllegalStateException("the source " + source.name() + " is closed");
    }
    if (pipeline.inside()) {
      throw new IllegalStateException(
          "a check or decoder of " + source.name() + " must not call " + method + "() of it");
    }
  }

  /// Calls a listener after each new snapshot.
  public Subscription onChange(Consumer<? super Reload.Applied<T>> listener) {
    Objects.requireNonNull(listener, "listener");
    return notifier.add(outcome -> {
      if (outcome instanceof Reload.Applied<T> applied) {
        listener.accept(applied);
      }
    });
  }

  /// Calls a listener after each reload, whatever its outcome. One that falls a hundred outcomes
  /// behind is told of those in between by a single one that spans them.
  public Subscription onReload(Consumer<? super Reload<T>> listener) {
    return notifier.add(Objects.requireNonNull(listener, "listener"));
  }

  /// The last reloads that published or were refused, newest first.
  public List<HistoryEntry> history() {
    return pipeline.history();
  }

  /// The files that are broken now, each with what is wrong with it. Of each, the last good version
  /// is in force if there was one.
  public Map<Path, List<Diagnostic>> quarantined() {
    return Collections.unmodifiableMap(pipeline.now().quarantine());
  }

  /// All that is to be mended now, sorted by place: broken files, warnings, and what cannot be
  /// watched.
  public List<Diagnostic> diagnostics() {
    return status().diagnostics();
  }

  /// How the source stands. Waits for no check and no listener, however long they take.
  public LiveStatus status() {
    WatchState seen = watch.state();
    Standing<?, T> now = pipeline.now();
    Snapshot<T> current = Objects.requireNonNull(now.snapshot(), "open");
    List<Diagnostic> all = now.diagnostics();
    seen.problems().forEach(problem -> all.add(diagnostic(problem)));
    all.sort(Diagnostic.BY_PLACE);
    return new LiveStatus(
        source.name(),
        current.generation(),
        current.digest(),
        current.time(),
        now.counts().applied(),
        now.counts().rejected(),
        now.counts().unchanged(),
        notifier.failures(),
        seen,
        all);
  }

  private static Diagnostic diagnostic(WatchProblem problem) {
    return Diagnostic.warning(Codes.WATCH, Place.of(problem.path()), problem.message())
        .help(problem.help());
  }

  /// Waits until everything that had happened to the files before this call has been taken up and
  /// its outcome published. Does not wait for listeners.
  ///
  /// @return whether it got so far within the limit
  public boolean sync(Duration limit) throws InterruptedException {
    return watch.sync(limit);
  }

  /// Ends following the files; see the life cycle above. Closing twice does nothing, but waits as
  /// well.
  @Override
  public void close() {
    // A thread that has been interrupted closes as completely as any other.
    boolean interrupted = Thread.interrupted();
    pipeline.close();
    notifier.end();
    if (closed.compareAndSet(false, true)) {
      watch.close();
      if (ownWatcher != null) {
        ownWatcher.close();
      }
    }
    notifier.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Live<T> opened() {
    try {
      LiveException refused = pipeline.open(watch, false);
      if (refused != null) {
        // Somebody may be writing what the value needs: wait for that, then look again.
        watch.sync(SETTLE_LIMIT);
        refused = pipeline.open(watch, true);
      }
      if (refused != null) {
        throw refused;
      }
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IllegalStateException("interrupted while opening " + source.name(), e);
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /// Takes up what the watch tells.
  private final class Follower implements ChangeListener {
    @Override
    public void onChange(ChangeSet set) {
      try {
        pipeline.changed(set.changes());
      } finally {
        // An interrupt that user code has left behind was not meant for the watch.
        boolean _ = Thread.interrupted();
      }
    }
  }

  /// Settings of a source that is about to be opened.
  ///
  /// @param <T> the type of the value
  public static final class Builder<T> {
    private final Source<T> source;
    private final List<Check<T>> checks = new ArrayList<>();
    private final List<Consumer<? super Reload<T>>> listeners = new ArrayList<>();
    private @Nullable T fallback;
    private @Nullable Watcher watcher;
    private @Nullable Function<? super T, Following> following;
    private int keep = 100;

    private Builder(Source<T> source) {
      this.source = Objects.requireNonNull(source, "source");
    }

    /// Adds a check, called in the order in which they were added.
    public Builder<T> check(Check<T> check) {
      checks.add(Objects.requireNonNull(check, "check"));
      return this;
    }

    /// Adds a listener that is told of the opening too.
    public Builder<T> onReload(Consumer<? super Reload<T>> listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /// Uses a value while there is no valid one: when the file does not exist, or is not valid when
    /// the source is opened. It is not checked.
    public Builder<T> orElse(T value) {
      this.fallback = Objects.requireNonNull(value, "value");
      return this;
    }

    /// Shares a watcher, which is not closed with the source; by default each source has its own.
    public Builder<T> watcher(Watcher watcher) {
      this.watcher = Objects.requireNonNull(watcher, "watcher");
      return this;
    }

    /// Lets each value that is put in force say how its files are followed from then on; by default
    /// all changes are, with the debounce of the source.
    ///
    /// The function is called before a value is published, on the thread that reloads. If it
    /// throws, that is logged, and the files are followed as before.
    public Builder<T> following(Function<? super T, Following> following) {
      this.following = Objects.requireNonNull(following, "following");
      return this;
    }

    /// How many reloads, and how many values to roll back to, are kept; 100 by default.
    ///
    /// @throws IllegalArgumentException when it is less than 1
    public Builder<T> keep(int keep) {
      if (keep < 1) {
        throw new IllegalArgumentException("at least 1 generation is kept, was " + keep);
      }
      this.keep = keep;
      return this;
    }

    /// Loads the files and begins to follow them.
    ///
    /// @throws LiveException when there is no valid value, with all the reasons
    public Live<T> open() {
      return new Live<>(this).opened();
    }
  }
}
