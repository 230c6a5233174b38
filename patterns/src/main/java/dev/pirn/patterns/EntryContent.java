package dev.pirn.patterns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a bundle's entry says: its template, or else its example, or else its rule.
///
/// @param kinds which of the three it has, the one that counts first
record EntryContent(
    List<String> kinds,
    Map<String, Template> templates,
    List<Example> examples,
    @Nullable Rule rule) {

  static EntryContent of(BundleYaml.Entry entry, Variables variables) {
    List<String> kinds = kinds(entry);
    String name = entry.name().text();
    String template = entry.template();
    if (template != null) {
      String text = variables.expand(template);
      Template only = new Template(text, "", "", List.of(), "", Map.of());
      return new EntryContent(kinds, Map.of(name, only), List.of(), null);
    }
    String example = entry.example();
    if (example != null) {
      String text = variables.expand(example);
      Example only = new Example(name, text, Map.of(), "", "", Map.of());
      return new EntryContent(kinds, Map.of(), List.of(only), null);
    }
    return new EntryContent(kinds, Map.of(), List.of(), rule(entry.rule(), variables));
  }

  private static List<String> kinds(BundleYaml.Entry entry) {
    List<String> kinds = new ArrayList<>();
    if (entry.template() != null) {
      kinds.add("template");
    }
    if (entry.example() != null) {
      kinds.add("example");
    }
    if (entry.rule() != null) {
      kinds.add("rule");
    }
    return kinds;
  }

  private static @Nullable Rule rule(BundleYaml.@Nullable WrittenRule rule, Variables variables) {
    return rule == null
        ? null
        : new Rule(
            variables.expand(rule.condition()),
            variables.expand(rule.action()),
            variables.expand(rule.rationale()));
  }
}
