package dev.pirn.watch;

/// What identifies one state of a file, as far as the file system tells without reading it.
///
/// @param kind what it is
/// @param key the file's own number and its device's, mixed
/// @param size in bytes
/// @param modified when its content changed, in nanoseconds
/// @param changed when its content or attributes changed, in nanoseconds; 0 where not known
/// @param mode its permissions; 0 where not known
/// @param links how many names it has
record Print(Kind kind, long key, long size, long modified, long changed, int mode, int links) {
  /// What lies at a path.
  enum Kind {
    FILE,
    FOLDER,
    LINK,
    OTHER,
    /// Something may be there, but may not be looked at.
    UNREADABLE
  }

  /// Of what may not be looked at.
  static final Print HIDDEN = new Print(Kind.UNREADABLE, 0, 0, 0, 0, 0, 0);

  static long key(long device, long inode) {
    return inode ^ (device << 40);
  }

  /// This state as something that no file can look like, so that whatever is seen next differs.
  Print unlike() {
    return new Print(kind, key, size, -1, -1, mode, links);
  }

  /// When the file last changed in any way, as far as that is known.
  long latest() {
    return Math.max(modified, changed);
  }

  /// Whether the content is the same, as far as that can be seen: everything but the attributes is
  /// compared.
  boolean sameContent(Print other) {
    return key == other.key && size == other.size && modified == other.modified;
  }
}
