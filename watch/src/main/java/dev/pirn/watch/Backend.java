package dev.pirn.watch;

/// How changes are noticed.
public enum Backend {
  /// Linux inotify: at once, and with the moment at which a writer closes its file.
  INOTIFY,
  /// The JDK's watch service: at once on Linux and Windows, every two seconds on macOS; a file
  /// counts as complete when it has been quiet.
  JDK,
  /// Comparing the disk with what is known, again and again: for file systems that report nothing,
  /// such as NFS.
  POLLING
}
