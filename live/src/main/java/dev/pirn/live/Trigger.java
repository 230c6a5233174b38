package dev.pirn.live;

/// Why a reload was tried.
public enum Trigger {
  /// The source was opened.
  OPEN,
  /// Files changed.
  CHANGE,
  /// [Live#reload] was called.
  RELOAD,
  /// [Live#rollback] was called.
  ROLLBACK
}
