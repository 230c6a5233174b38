package dev.pirn.server;

import dev.pirn.live.Reload;

/// Is told of the outcome of every reload, on the thread that calls the source's listeners.
@FunctionalInterface
interface ReloadListener {
  /// A reload has ended.
  ///
  /// @param source the name of what was reloaded
  void reloaded(String source, Reload<?> reload);
}
