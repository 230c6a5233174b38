package dev.pirn.agents.state;

import org.jspecify.annotations.Nullable;

/// Something could not be kept, or not be read. What was kept before is unchanged.
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// What went wrong.
  public enum Kind {
    /// It is no name of a value.
    BAD_KEY,
    /// The value is too large.
    TOO_LARGE,
    /// There is no place for another value, or for so much.
    FULL,
    /// What was kept is damaged, and was set aside.
    DAMAGED,
    /// The disk failed.
    BROKEN
  }

  StateException(Kind kind, String message) {
    this(kind, message, null);
  }

  StateException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// What went wrong.
  public Kind kind() {
    return kind;
  }
}
