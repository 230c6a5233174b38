package dev.pirn.registry;

import java.time.Instant;
import java.util.SortedMap;

/// How many agents there are of what kind, and how the registry stands.
///
/// @param totalAgents all of them
/// @param byCategory by category
/// @param byEnvironment by environment
/// @param byStatus by the word of the status
/// @param deprecatedCount those that are deprecated
/// @param refusedCount those whose version in the file is broken
/// @param lastLoaded when what is in force was put in force
/// @param hotReloadEnabled whether changes of the file are taken up as they come
public record RegistryStatistics(
    int totalAgents,
    SortedMap<String, Integer> byCategory,
    SortedMap<String, Integer> byEnvironment,
    SortedMap<String, Integer> byStatus,
    int deprecatedCount,
    int refusedCount,
    Instant lastLoaded,
    boolean hotReloadEnabled) {}
