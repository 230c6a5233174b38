package dev.pirn.registry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Reload;
import dev.pirn.live.Subscription;
import dev.pirn.watch.Watch;
import dev.pirn.watch.WatchSpec;
import dev.pirn.watch.Watcher;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Makes a registry's file follow the folders, as its own `config.auto_sync` says while that is
/// enabled.
///
/// **Threading.** Compares on the thread of the watch, or of the registry's listeners, one at a
/// time.
final class FolderFollower implements Subscription {
  private final Registry registry;
  private final Path root;
  private final Watcher watcher;
  private final boolean ownWatcher;
  private final Subscription reloads;
  private final ReentrantLock running = new ReentrantLock();

  @GuardedBy("running")
  private RegistryConfig.AutoSync obeyed = RegistryConfig.DEFAULTS.autoSync();

  @GuardedBy("running")
  private @Nullable Watch watch;

  @GuardedBy("running")
  private boolean closed;

  /// What was found last; null while nothing is compared.
  private volatile @Nullable SyncResult last;

  FolderFollower(Registry registry, RegistryOptions options) {
    this.registry = registry;
    this.root = options.root();
    Watcher shared = options.watcher();
    this.ownWatcher = shared == null;
    this.watcher = shared == null ? Watcher.open() : shared;
    this.reloads = registry.live().onReload(this::reloaded);
    follow();
  }

  @Nullable SyncResult last() {
    return last;
  }

  private void reloaded(Reload<AgentRegistry> reload) {
    if (reload instanceof Reload.Applied) {
      follow();
    }
  }

  private void follow() {
    Watch before = null;
    running.lock();
    try {
      RegistryConfig.AutoSync wanted = registry.agents().config().autoSync();
      if (!closed && !wanted.equals(obeyed)) {
        obeyed = wanted;
        before = watch;
        boolean any = wanted.enabled() && !wanted.scanDirectories().isEmpty();
        watch = any ? watch(wanted) : null;
      }
      compare();
    } finally {
      running.unlock();
      close(before);
    }
  }

  private Watch watch(RegistryConfig.AutoSync wanted) {
    WatchSpec spec =
        WatchSpec.trees(wanted.scanDirectories().stream().map(root::resolve).toList())
            .include("*/agent.yaml")
            .exclude(wanted.excludePatterns().toArray(String[]::new));
    return watcher.watch(spec, _ -> foldersChanged());
  }

  private void foldersChanged() {
    running.lock();
    try {
      compare();
    } finally {
      running.unlock();
    }
  }

  @GuardedBy("running")
  private void compare() {
    last = closed || !obeyed.enabled() ? null : registry.sync(SyncOptions.of(obeyed));
  }

  @Override
  public void close() {
    Watch before;
    running.lock();
    try {
      closed = true;
      before = watch;
      watch = null;
      last = null;
    } finally {
      running.unlock();
    }
    reloads.close();
    close(before);
    if (ownWatcher) {
      watcher.close();
    }
  }

  // Not under the lock, for which the watch's thread may be waiting.
  private static void close(@Nullable Watch watch) {
    if (watch != null) {
      watch.close();
    }
  }
}
