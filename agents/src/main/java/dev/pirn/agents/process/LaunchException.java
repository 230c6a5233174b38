package dev.pirn.agents.process;

import org.jspecify.annotations.Nullable;

/// A program could not be started; nothing of it is left.
public final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why.
  public enum Reason {
    /// No such program, neither on the PATH nor as a file.
    NOT_FOUND,
    /// The file is there, and may not be executed.
    NOT_EXECUTABLE,
    /// The program that a script names in its first line is not there.
    NO_INTERPRETER,
    /// The working folder is not there, or is no folder.
    NO_FOLDER,
    /// The launcher is closed.
    CLOSED,
    /// The system refused, for example because of a limit.
    REFUSED
  }

  private final Reason reason;

  LaunchException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /// Why.
  public Reason reason() {
    return reason;
  }
}
