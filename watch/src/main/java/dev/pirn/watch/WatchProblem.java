package dev.pirn.watch;

import java.nio.file.Path;
import java.util.Objects;

/// Something that a watch cannot see, or sees only by polling.
///
/// @param kind what sort of problem it is
/// @param path the file or folder, absolute
/// @param message what is the matter, one line in lower case
/// @param help what to do about it
public record WatchProblem(Kind kind, Path path, String message, String help) {
  /// What sort of problem it is.
  public enum Kind {
    /// The root is not there.
    ROOT_MISSING,
    /// A folder cannot be read.
    UNREADABLE,
    /// The system allows no more watches; the folder is polled.
    WATCH_LIMIT,
    /// The file system does not report every change, or no watcher could be had; it is polled.
    POLLED,
    /// Java may not call inotify; the JDK's watch service is used instead.
    NO_NATIVE_ACCESS,
    /// A name that is not valid in the system's encoding; the file is left out.
    NAME,
    /// A FIFO, socket or device; it is left out.
    NOT_A_FILE,
    /// A symbolic link to a folder; it is not followed.
    LINKED_FOLDER,
    /// A symbolic link that leads nowhere, or in a circle.
    BROKEN_LINK,
    /// Somebody has had the file open for writing for several seconds; it is not taken before it is
    /// closed.
    BEING_WRITTEN
  }

  public WatchProblem {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(help, "help");
  }
}
