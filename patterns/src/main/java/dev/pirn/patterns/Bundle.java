package dev.pirn.patterns;

import java.util.Map;

/// What a bundle (`kind: PatternLibrary`) says of itself.
///
/// @param name its name
/// @param domain what its patterns belong to, in lower case
/// @param version its version; `1.0.0` when not said
/// @param description what it is for; empty when not said
/// @param labels free labels, in the order of the file
public record Bundle(
    String name, String domain, String version, String description, Map<String, String> labels) {
  public Bundle {
    labels = Ordered.copyOf(labels);
  }
}
