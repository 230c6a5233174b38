package dev.pirn.registry;

import dev.pirn.yaml.Text;
import org.jspecify.annotations.Nullable;

/// What a registry says of a category, under `categories`.
///
/// @param description what belongs to it
/// @param color for showing it, `#RRGGBB`
/// @param icon for showing it, at most 10 characters
public record AgentCategory(
    String description,
    @Text(matches = "#[0-9A-Fa-f]{6}", like = "a colour like \"#1F8A70\"") @Nullable String color,
    @Text(max = 10) @Nullable String icon) {}
