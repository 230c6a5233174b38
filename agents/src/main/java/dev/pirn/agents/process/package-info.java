/// Processes in sessions of their own, of which nothing stays behind. Knows nothing of agents.
@NullMarked
package dev.pirn.agents.process;

import org.jspecify.annotations.NullMarked;
