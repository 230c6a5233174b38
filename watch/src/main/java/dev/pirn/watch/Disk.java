package dev.pirn.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What lies on the disk, as the engine asks for it; narrow enough to be simulated. Any thread may
/// call [#follow]; only the reader calls the rest.
interface Disk {
  /// What is at a path, without following a link at its end; null when nothing is.
  @Nullable Print print(Path path);

  /// What is at a path, after following links; null when nothing is.
  @Nullable Print follow(Path path);

  /// Where a symbolic link points, as it is written in it; null when it is no link any more.
  @Nullable Path target(Path link);

  /// What lies in a folder.
  List<Entry> list(Path folder) throws IOException;

  /// Which of these files, named by [Print#key], some process that can be seen has open for writing
  /// now.
  Set<Long> written(Set<Long> keys);

  /// One entry of a folder.
  ///
  /// @param name its name; where it is not valid UTF-8, one that is fit only to be shown
  /// @param valid whether the name is valid UTF-8
  /// @param print what it is
  record Entry(String name, boolean valid, Print print) {}
}
