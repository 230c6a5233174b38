package dev.pirn.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Looks what the watches see after something happened, and when somebody asks, at most once a
/// second: that takes time in proportion to the number of files. While nothing happens it does
/// nothing.
final class WatchLook {
  private final LiveWorkspace live;
  private final WebSite web;
  private final WatchReport report;
  private final Executor later;
  private final AtomicBoolean due = new AtomicBoolean();

  WatchLook(LiveWorkspace live, WebSite web, EventLog log, Executor executor) {
    this.live = live;
    this.web = web;
    this.report = new WatchReport(live.views(), log);
    this.later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, executor);
  }

  /// Looks within a second.
  void soon() {
    if (!due.getAndSet(true)) {
      later.execute(() -> {
        due.set(false);
        now();
      });
    }
  }

  /// Looks now.
  void now() {
    try {
      report.take("config", live.config().status().watch());
      report.take(
          "settings", live.settings().use((it, _) -> it.settings().live().status().watch()));
      report.take("patterns", live.library().use(it -> it.patterns().live().status().watch()));
      report.take("web", web.web().source().watch());
      report.take("registry", live.registry().use(it -> it.registry().live().status().watch()));
    } catch (IllegalStateException e) {
      // It has been closed meanwhile, and there is nothing more to see.
    }
  }
}
