package dev.pirn.watch;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What happened to one path, net of everything in between.
///
/// A file that is renamed inside what is watched is a [Kind#DELETED] of its old path and a
/// [Kind#CREATED] of its new one that names where it came from, both in one change set.
///
/// @param kind what happened
/// @param path the file, absolute
/// @param from where a created file was before, or null when it is new
/// @param stamp orders what is said about a path: a later change of it has a greater stamp
public record Change(Kind kind, Path path, @Nullable Path from, long stamp) {
  /// What happened to a path.
  public enum Kind {
    /// The file was not there when its path was last reported.
    CREATED,
    /// The file was there before; its content or its attributes may have changed.
    MODIFIED,
    /// The file is gone and stayed gone.
    DELETED
  }

  public Change {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(path, "path");
  }
}
