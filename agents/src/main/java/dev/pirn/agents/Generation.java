package dev.pirn.agents;

import dev.pirn.agents.process.ChildProcess;
import dev.pirn.agents.process.Tail;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One process of an agent.
///
/// @param number grows with each process that an agent has had
/// @param process what runs
/// @param host where it listens
/// @param port on which it was told to listen
/// @param tail its last lines
/// @param classes the folder of classes that was compiled for it, or null
/// @param startedNanos when it was started, by [System#nanoTime]
record Generation(
    long number,
    ChildProcess process,
    String host,
    int port,
    Tail tail,
    @Nullable Path classes,
    long startedNanos) {
  Generation at(String host) {
    return new Generation(number, process, host, port, tail, classes, startedNanos);
  }

  /// Whether both are the same process.
  boolean is(@Nullable Generation other) {
    return other != null && other.process == process;
  }
}
