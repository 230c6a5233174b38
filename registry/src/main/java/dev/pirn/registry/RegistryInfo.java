package dev.pirn.registry;

import dev.pirn.yaml.Key;
import dev.pirn.yaml.Text;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a registry says of itself, under `registry`.
///
/// @param name 1 to 200 characters
/// @param description at most 500 characters
/// @param lastUpdated when somebody last changed it
/// @param maintainer who looks after it, at most 100 characters
public record RegistryInfo(
    @Text(min = 1, max = 200) String name,
    @Text(max = 500) @Nullable String description,
    @Key("last_updated") @Nullable LocalDate lastUpdated,
    @Text(max = 100) @Nullable String maintainer) {}
