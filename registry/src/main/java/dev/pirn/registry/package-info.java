/// The registry of agents: a file that declares them, followed while it is edited.
///
/// Start at [Registry]: it opens a file and holds the current [AgentRegistry], which is immutable
/// and answers queries.
///
/// Each class says how it may be used by several threads. Unless a parameter is marked nullable,
/// passing null throws `NullPointerException`.
@org.jspecify.annotations.NullMarked
package dev.pirn.registry;
