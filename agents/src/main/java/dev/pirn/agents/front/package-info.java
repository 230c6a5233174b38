/// The address that stays while processes come and go behind it. Knows nothing of agents.
@NullMarked
package dev.pirn.agents.front;

import org.jspecify.annotations.NullMarked;
