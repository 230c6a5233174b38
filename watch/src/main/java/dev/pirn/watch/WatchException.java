package dev.pirn.watch;

import org.jspecify.annotations.Nullable;

/// Watching could not start or go on. The message says why and what to do.
public final class WatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WatchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
