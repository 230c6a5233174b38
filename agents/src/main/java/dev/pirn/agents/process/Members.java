package dev.pirn.agents.process;

import java.util.List;

/// Processes that are to be stopped together.
interface Members {
  /// The group that is signalled as a whole when a member is in it; 0 for none.
  long group();

  /// Those that are alive now.
  List<ProcessEntry> find();
}
