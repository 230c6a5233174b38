package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import dev.pirn.live.Subscription;
import dev.pirn.live.Verdict;
import dev.pirn.registry.Registry;
import dev.pirn.registry.RegistryOptions;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The agent registry in force, which another takes the place of when `pirn.yaml` asks for that.
///
/// The other is opened while the configuration is checked. If its file is broken, the configuration
/// is refused, as a bad file may not take agents away; the one that was opened is kept to notice
/// when the file is mended. Generations are counted on, and the log tells of the difference.
final class LiveRegistry implements AutoCloseable {
  private static final String WAITING =
      "what was in force before stays; this is taken up by itself when it is mended";

  private final Views views;
  private final EventLog log;
  private final ReloadListener listener;

  /// Read: the registry is used, and not closed meanwhile. Write: another takes its place.
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private volatile OpenRegistry now;

  @GuardedBy("this")
  private RegistryReporter reporter;

  /// Opened for a configuration that is being checked, or was refused because of it.
  @GuardedBy("this")
  private @Nullable Candidate candidate;

  private record Candidate(RegistryOptions options, Registry registry) {}

  LiveRegistry(RegistryOptions first, Views views, EventLog log, ReloadListener listener) {
    this.views = views;
    this.log = log;
    this.listener = listener;
    Registry registry = Registry.open(first);
    this.now = OpenRegistry.of(first, registry, 0, views);
    this.reporter = new RegistryReporter(registry, views, log, listener);
    this.reporter.start(now, null);
    follow(registry);
  }

  private static void follow(Registry registry) {
    // It ends with the registry.
    Subscription _ = registry.followFolders();
  }

  /// Does something with the registry in force, which is not closed meanwhile. It may wait for
  /// files, and must not change the configuration.
  <R> R use(Function<OpenRegistry, R> action) {
    Lock lock = use.readLock();
    lock.lock();
    try {
      return action.apply(now);
    } finally {
      lock.unlock();
    }
  }

  /// Whether a configuration that asks for these options can be put in force.
  ///
  /// @param mended is called on a thread of its own when it was refused and now could be
  synchronized Verdict check(RegistryOptions wanted, Runnable mended) {
    forgetCandidate();
    if (wanted.equals(now.options())) {
      return Verdict.ok();
    }
    Registry next = Registry.open(wanted);
    candidate = new Candidate(wanted, next);
    List<Diagnostic> errors = errors(next);
    if (errors.isEmpty()) {
      return Verdict.ok();
    }
    next.live()
        .onReload(reload -> {
          if (reload instanceof Reload.Applied && errors(next).isEmpty()) {
            // Not here: it closes the registry whose listeners this thread calls.
            Thread.ofVirtual().name("pirn-config-again").start(mended);
          }
        });
    return Verdict.of(errors.stream().map(error -> error.inForce(WAITING)).toList());
  }

  private static List<Diagnostic> errors(Registry registry) {
    return registry.live().diagnostics().stream().filter(Diagnostic::isError).toList();
  }

  @GuardedBy("this")
  private void forgetCandidate() {
    Candidate before = candidate;
    candidate = null;
    if (before != null) {
      before.registry.close();
    }
  }

  /// Puts a registry with these options in the place of this one, which is closed.
  synchronized void takeUp(RegistryOptions wanted) {
    OpenRegistry before = now;
    if (wanted.equals(before.options())) {
      return;
    }
    Registry next;
    if (candidate != null && candidate.options.equals(wanted)) {
      next = candidate.registry;
      candidate = null;
    } else {
      // Configurations followed each other so fast that the one prepared is for another.
      next = Registry.open(wanted);
    }
    RegistryReporter nextReporter = new RegistryReporter(next, views, log, listener);
    use.writeLock().lock();
    try {
      // Two numbers are left out, so that a generation that the other may publish at this very
      // moment has a number of its own.
      long offset = before.generation() + 2 - next.live().generation();
      now = OpenRegistry.of(wanted, next, offset, views);
      nextReporter.start(now, reporter.stop());
      reporter = nextReporter;
    } finally {
      use.writeLock().unlock();
    }
    before.registry().close();
    follow(next);
  }

  @Override
  public synchronized void close() {
    forgetCandidate();
    reporter.stop();
    now.registry().close();
  }
}
