package dev.pirn.web;

import java.util.function.Consumer;

/// Tests what the pages do. Run after each change, one at a time.
@FunctionalInterface
public interface TestCommand {
  /// Begins a run; must not wait.
  ///
  /// @param done to be told once how it went; by any thread
  void run(Consumer<Outcome> done);

  /// How a run went.
  ///
  /// @param passed whether all is well
  /// @param text what it printed last
  record Outcome(boolean passed, String text) {}
}
