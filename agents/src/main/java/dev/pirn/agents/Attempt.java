package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// One attempt to put a new process in force. A newer one takes its place: then what comes of it is
/// dropped.
final class Attempt {
  /// Why it is made.
  enum Cause {
    /// It is the first, or its agent was stopped.
    START,
    /// Its files have changed.
    EDIT,
    /// Somebody asked for it.
    ASKED,
    /// The settings that it takes have changed.
    SETTINGS,
    /// The process before has ended by itself.
    CRASH;

    /// Whether a person caused it, so that it says nothing against the agent.
    boolean personal() {
      return this == EDIT || this == ASKED || this == SETTINGS;
    }
  }

  /// Why it came to nothing.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;
    private final transient List<String> lastLines;

    Refused(String reason, List<Diagnostic> diagnostics, List<String> lastLines) {
      super(reason);
      this.diagnostics = diagnostics;
      this.lastLines = lastLines;
    }

    List<Diagnostic> diagnostics() {
      return diagnostics;
    }

    List<String> lastLines() {
      return lastLines;
    }
  }

  private final long number;
  private final Cause cause;
  private final Set<Path> files;
  private final Duration detect;
  private volatile boolean dropped;

  /// @param number the generation that it is to become
  Attempt(long number, Cause cause, Set<Path> files, Duration detect) {
    this.number = number;
    this.cause = cause;
    this.files = Set.copyOf(files);
    this.detect = detect;
  }

  long number() {
    return number;
  }

  Cause cause() {
    return cause;
  }

  Set<Path> files() {
    return files;
  }

  Duration detect() {
    return detect;
  }

  void drop() {
    dropped = true;
  }

  boolean dropped() {
    return dropped;
  }
}
