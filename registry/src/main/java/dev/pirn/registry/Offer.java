package dev.pirn.registry;

/// A tool of an agent that is alive.
record Offer(Instance instance, AgentTool tool) {}
