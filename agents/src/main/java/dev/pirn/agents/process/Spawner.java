package dev.pirn.agents.process;

import java.io.IOException;

/// Starts a process of the JDK.
@FunctionalInterface
interface Spawner {
  Process spawn(ProcessBuilder builder) throws IOException;
}
