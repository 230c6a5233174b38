package dev.pirn.registry;

/// What came of a heartbeat.
///
/// @param agent the agent, with what was found for its dependencies
/// @param first whether it was not alive before
public record Registration(AliveAgent agent, boolean first) {}
