package dev.pirn.watch;

import org.jspecify.annotations.Nullable;

/// The kinds of events that a [Kernel] reports. The numbers are those of Linux.
final class RawEvent {
  static final int MODIFIED = 0x2;
  static final int ATTRIBUTES = 0x4;
  static final int CLOSED = 0x8;
  static final int MOVED_FROM = 0x40;
  static final int MOVED_TO = 0x80;
  static final int CREATED = 0x100;
  static final int DELETED = 0x200;
  static final int SELF_DELETED = 0x400;
  static final int SELF_MOVED = 0x800;
  static final int UNMOUNTED = 0x2000;
  static final int OVERFLOW = 0x4000;
  static final int WATCH_ENDED = 0x8000;
  static final int FOLDER = 0x40000000;

  private RawEvent() {}

  /// Takes events one by one.
  @FunctionalInterface
  interface Sink {
    /// One event.
    ///
    /// @param number the watch it belongs to; -1 for an overflow
    /// @param mask which kinds it is
    /// @param cookie equal in the two halves of a move, else 0
    /// @param name the name in the folder; empty for the folder itself, null when it is not valid
    ///   UTF-8
    void event(int number, int mask, int cookie, @Nullable String name);
  }
}
