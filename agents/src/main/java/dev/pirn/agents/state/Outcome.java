package dev.pirn.agents.state;

import org.jspecify.annotations.Nullable;

/// What became of a change.
///
/// @param done whether it was made; if not, its condition did not hold
/// @param existed whether there was a value before
/// @param etag of the value that there is now, or null
record Outcome(boolean done, boolean existed, @Nullable String etag) {}
