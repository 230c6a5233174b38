package dev.pirn.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The tags that a registry suggests, under `tag_taxonomy`.
///
/// @param functional by what agents do
/// @param domain by what they know about
/// @param technical by how they are made
/// @param quality by how good they are
/// @param custom by anything else
public record TagTaxonomy(
    List<String> functional,
    List<String> domain,
    List<String> technical,
    List<String> quality,
    Map<String, List<String>> custom) {
  /// None.
  public static final TagTaxonomy EMPTY =
      new TagTaxonomy(List.of(), List.of(), List.of(), List.of(), Map.of());

  /// All of them.
  public List<String> all() {
    List<String> all = new ArrayList<>(functional);
    all.addAll(domain);
    all.addAll(technical);
    all.addAll(quality);
    custom.values().forEach(all::addAll);
    return all;
  }
}
