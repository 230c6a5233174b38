package dev.pirn.watch;

import java.util.List;

/// What really changed, one entry a path, each settled: its writer has finished.
///
/// @param changes what changed, in the order in which it settled; never empty
public record ChangeSet(List<Change> changes) {
  public ChangeSet {
    changes = List.copyOf(changes);
  }
}
