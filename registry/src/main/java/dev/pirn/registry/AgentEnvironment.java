package dev.pirn.registry;

import dev.pirn.yaml.Default;
import dev.pirn.yaml.Key;
import org.jspecify.annotations.Nullable;

/// What a registry says of an environment, under `environments`.
///
/// @param description what runs there
/// @param requiresApproval whether somebody has to agree before an agent gets there; false by
///   default
/// @param approvalProcess how one gets that
public record AgentEnvironment(
    String description,
    @Key("requires_approval") @Default("false") boolean requiresApproval,
    @Key("approval_process") @Nullable String approvalProcess) {}
