package dev.pirn.agents.process;

/// One process for good: a pid is given again to another one, but not with the same start.
///
/// @param started in the unit of its [ProcessTable]
record ProcessId(long pid, long started) {}
