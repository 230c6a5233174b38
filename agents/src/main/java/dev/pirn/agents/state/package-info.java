/// A small store for each agent that outlives its processes. Knows nothing of agents.
///
/// Start at [StateStore] and [StateEndpoint]. Null throws a `NullPointerException` everywhere but
/// where `@Nullable` says otherwise.
@NullMarked
package dev.pirn.agents.state;

import org.jspecify.annotations.NullMarked;
