package dev.pirn.patterns;

import org.jspecify.annotations.Nullable;

/// What a template of a pattern wants to be told.
///
/// @param name the name that placeholders use
/// @param type the type as written, such as `string` or `enum[json, xml]`
/// @param required whether a template cannot do without it
/// @param description what it is; empty when not said
/// @param example a value as an example, as written; null when there is none
/// @param defaultValue what is taken when it is not given, as written; null when there is none
public record Parameter(
    String name,
    String type,
    boolean required,
    String description,
    @Nullable String example,
    @Nullable String defaultValue) {}
