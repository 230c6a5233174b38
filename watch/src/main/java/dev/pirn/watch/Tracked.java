package dev.pirn.watch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One file in scope: what was last said of it, and where it stands on its way to being settled.
/// Belongs to the reader thread.
final class Tracked {
  /// Where a file stands. [Settling] is the one that moves it.
  enum Phase {
    /// What was said of it holds.
    QUIET,
    /// It came into being in this turn.
    APPEARED,
    /// It was closed or moved into place in this turn, and nothing has happened to it since.
    CLOSED,
    /// Somebody may be writing it.
    OPEN,
    /// It is gone; it may come back, as it does when an editor replaces it.
    GONE,
    /// Settled, waiting for its debounce.
    RESTING
  }

  final Folder folder;
  final String name;

  /// As it was when it was last reported; null when it was not, or was reported gone. The reader
  /// writes it, any thread may read it.
  volatile @Nullable Print told;

  /// The stamp of what was last reported of it. The reader writes it, any thread may read it.
  volatile long stamp;

  /// Whether it changed so shortly before it was looked at for [#told] that one more change might
  /// have left the same time stamp.
  boolean fresh;

  /// Whether somebody who read it was told that it does not rest, and so waits for a further word.
  boolean owed;

  Phase phase = Phase.QUIET;

  /// As it was when it was last looked at while open.
  @Nullable Print sampled;

  /// While open: whether somebody was seen to have it open for writing.
  boolean held;

  /// While gone: whether it has been looked for once.
  boolean missing;

  /// When the present phase is to be looked at again; [Long#MAX_VALUE] for never.
  long deadline = Long.MAX_VALUE;

  /// The time of the earliest timer that was set for it.
  long queued = Long.MAX_VALUE;

  /// When it left [Phase#QUIET].
  long since;

  /// When its debounce began; 0 when none is running.
  long restless;

  /// Where it was before it was moved here.
  @Nullable Path from;

  /// What is watched beyond the folder because the file is a symbolic link.
  @Nullable Anchor link;

  Tracked(Folder folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  Path path() {
    return folder.path().resolve(name);
  }

  String relative() {
    return folder.relative(name);
  }
}
