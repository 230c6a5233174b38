package dev.pirn.watch;

/// A folder cannot be watched.
final class WatchRefused extends Exception {
  private static final long serialVersionUID = 1L;

  enum Reason {
    /// Nothing is there, or it is no folder.
    GONE,
    /// It may not be read.
    FORBIDDEN,
    /// The system allows no more watches.
    LIMIT,
    /// This kernel watches nothing: the folder is to be polled.
    POLL
  }

  private final Reason reason;

  WatchRefused(Reason reason) {
    super(reason.toString(), null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
