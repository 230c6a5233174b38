package dev.pirn.server;

import dev.pirn.watch.Glob;
import java.util.Arrays;
import java.util.List;

/// Which events somebody wants.
///
/// @param types globs of their types; all events if there is none
record EventFilter(List<Glob> types) {
  static final EventFilter ALL = new EventFilter(List.of());

  /// Globs with commas between them, such as `pattern.*,config.*`.
  ///
  /// @throws IllegalArgumentException if one of them is not a glob
  static EventFilter of(String types) {
    return new EventFilter(Arrays.stream(types.split(",", -1)).map(Glob::of).toList());
  }

  boolean matches(EventLog.Entry entry) {
    return types.isEmpty() || types.stream().anyMatch(glob -> glob.matches(entry.type()));
  }
}
