package dev.pirn.watch;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Watches files and folders, and tells of a change when its writer has finished.
///
/// ```java
/// try (Watcher watcher = Watcher.open();
///     Watch watch = watcher.watch(
///         WatchSpec.tree(Path.of("patterns")).include("**/*.yaml"),
///         changes -> changes.changes().forEach(System.out::println))) {
///   …
/// }
/// ```
///
/// **Threading.** One thread, `pirn-watch-reader`, waits in the kernel; it runs only when something
/// happens. Each subscription has a thread of its own on which its listener is called. All methods
/// may be called by any thread.
///
/// **Failure.** What cannot be watched is polled, or reported in [WatchState#problems]; nothing is
/// lost silently. When the kernel's queue overflows, the disk is compared with what was known, and
/// the true differences are told.
///
/// **Platform.** On Linux inotify is used through the foreign-function API, which asks for
/// `--enable-native-access=dev.pirn.watch` (or `ALL-UNNAMED` on the class path). Elsewhere, or
/// where that is denied, the JDK's watch service is used; on file systems that report nothing (NFS,
/// SMB, 9p and their like), polling. inotify's limits are `fs.inotify.max_user_watches` (one a
/// folder), `max_user_instances` (one a watcher) and `max_queued_events`.
public final class Watcher implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.pirn.watch");
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Duration pollInterval;
  private final @Nullable Backend wanted;
  private final List<Reader> readers = new ArrayList<>();
  private boolean closed;

  private Watcher(@Nullable Backend wanted, Duration pollInterval) {
    this.wanted = wanted;
    this.pollInterval = pollInterval;
  }

  /// A watcher with the best backend that there is, polling every 500 ms where it must poll.
  public static Watcher open() {
    return builder().open();
  }

  /// For a watcher with other settings.
  public static Builder builder() {
    return new Builder();
  }

  /// Begins to watch. Returns when the files that are there have been listed; roots that are not
  /// there are waited for while the watch goes on.
  ///
  /// @throws WatchException when this watcher is closed, or the backend that was asked for is not
  ///   to be had here
  public Watch watch(WatchSpec spec, ChangeListener listener) {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(listener, "listener");
    String name = String.valueOf(spec.roots().getFirst().getFileName());
    Watch watch;
    synchronized (this) {
      if (closed) {
        throw new WatchException("this watcher is closed", null);
      }
      Reader reader = readerFor(spec);
      List<WatchProblem> standing = Degradation.of(spec, reader.engine.backend(), reader.reason);
      watch = new Watch(reader.engine, spec, Delivery.named(name, listener), standing);
      reader.engine.post(() -> reader.engine.subscribe(watch));
    }
    watch.files();
    return watch;
  }

  private Reader readerFor(WatchSpec spec) {
    Backend backend =
        wanted != null ? wanted : Degradation.polled(spec.roots()) ? Backend.POLLING : null;
    for (Reader reader : readers) {
      if (backend == null ? reader.automatic : reader.engine.backend() == backend) {
        return reader;
      }
    }
    Engines.Opened opened = Engines.open(backend, pollInterval);
    Reader reader = new Reader(opened, backend == null);
    readers.add(reader);
    reader.start();
    return reader;
  }

  /// Ends all subscriptions and the readers, and waits up to five seconds for them and for
  /// listeners that are being called. Closing twice does nothing.
  @Override
  public void close() {
    List<Reader> ending;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(readers);
      readers.clear();
    }
    ending.forEach(Reader::close);
    ending.forEach(reader -> reader.engine.subscriptions().forEach(Watch::close));
  }

  /// The thread that runs an engine.
  private static final class Reader extends Thread {
    private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();

    private final Engine engine;
    private final @Nullable String reason;
    private final boolean automatic;
    private volatile boolean ending;

    Reader(Engines.Opened opened, boolean automatic) {
      super("pirn-watch-reader-" + opened.engine().backend().name().toLowerCase(Locale.ROOT));
      setDaemon(true);
      this.engine = opened.engine();
      this.reason = opened.reason();
      this.automatic = automatic;
    }

    @Override
    public void run() {
      long pause = 0;
      while (!ending) {
        try {
          engine.turn();
          pause = 0;
        } catch (RuntimeException | Error e) {
          // Nothing is known to throw here; whatever does must not end the watching of all the
          // rest, nor keep a processor busy.
          LOG.log(Logger.Level.ERROR, "the watcher failed and compares everything anew", e);
          engine.distrust();
          pause = Math.clamp(pause * 2, Duration.ofMillis(10).toNanos(), LONGEST_PAUSE);
          LockSupport.parkNanos(pause);
        }
      }
      engine.close();
    }

    void close() {
      ending = true;
      engine.post(() -> {});
      LockSupport.unpark(this);
      if (Thread.currentThread() != this) {
        try {
          join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /// Settings of a watcher.
  public static final class Builder {
    private @Nullable Backend backend;
    private Duration pollInterval = Duration.ofMillis(500);

    private Builder() {}

    /// Uses this backend instead of the best one.
    public Builder backend(Backend backend) {
      this.backend = Objects.requireNonNull(backend, "backend");
      return this;
    }

    /// How often what must be polled is compared, from 10 ms; 500 ms by default.
    ///
    /// @throws IllegalArgumentException when it is shorter
    public Builder pollInterval(Duration interval) {
      if (interval.toMillis() < 10) {
        throw new IllegalArgumentException("poll interval must be at least 10 ms, was " + interval);
      }
      this.pollInterval = interval;
      return this;
    }

    /// Opens the watcher. Its reader starts with the first subscription.
    public Watcher open() {
      return new Watcher(backend, pollInterval);
    }
  }
}
