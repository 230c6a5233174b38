package dev.pirn.agents.state;

import org.jspecify.annotations.Nullable;

/// What must hold of the present value for a change to be made.
@FunctionalInterface
interface Condition {
  /// Holds always.
  Condition NONE = _ -> true;

  /// Whether it holds.
  ///
  /// @param etag of the present value; empty if it is damaged; null if there is none
  boolean holds(@Nullable String etag);
}
