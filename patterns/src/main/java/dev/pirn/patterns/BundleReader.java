package dev.pirn.patterns;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Nearest;
import dev.pirn.live.Place;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlBinder;
import dev.pirn.yaml.YamlList;
import dev.pirn.yaml.YamlMap;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a file with a `kind`: a bundle, or something that is no pattern at all.
final class BundleReader {
  static final String KIND = "PatternLibrary";
  static final String API_VERSION = "loom/v1";
  static final List<String> DOMAINS =
      List.of(
          "sql",
          "teradata",
          "postgres",
          "mysql",
          "code-review",
          "rest-api",
          "graphql",
          "document",
          "ml",
          "analytics",
          "data-quality");

  private static final YamlBinder<BundleYaml> BINDER =
      Yaml.binder(BundleYaml.class, PatternDecoder.OPTIONS);

  private final Map<String, String> environment;
  private final List<Diagnostic> found;

  BundleReader(Map<String, String> environment, List<Diagnostic> found) {
    this.environment = environment;
    this.found = found;
  }

  /// What the file holds, or null after an error.
  @Nullable PatternFile read(YamlNode root, YamlNode kind) {
    String word = kind instanceof YamlScalar scalar ? scalar.text() : kind.toString();
    if (!word.equals(KIND)) {
      return other(word, kind.place());
    }
    BundleYaml written = BINDER.bind(root, found);
    checkEntryNodes((YamlMap) root);
    if (written == null || Diagnostic.anyError(found)) {
      return null;
    }
    if (written.spec().entries().isEmpty()) {
      found.add(Problems.noEntries(((YamlMap) root).keyPlace("spec")));
    }
    Place domainPlace = written.metadata().domain().place();
    String domain = written.metadata().domain().text().strip().toLowerCase(Locale.ROOT);
    if (domain.isEmpty()) {
      found.add(Problems.blank("domain", domainPlace));
    } else if (!DOMAINS.contains(domain)) {
      found.add(Problems.unlistedDomain(domain, domainPlace));
    }
    if (!written.apiVersion().text().equals(API_VERSION)) {
      found.add(Problems.apiVersion(written.apiVersion().text(), written.apiVersion().place()));
    }
    Variables variables = Variables.of((YamlMap) root, written.spec(), environment, found);
    return bundle(written, domain, variables);
  }

  private @Nullable PatternFile other(String kind, Place place) {
    if (!Nearest.to(kind, List.of(KIND)).isEmpty()) {
      found.add(Problems.misspeltKind(kind, place));
      return null;
    }
    found.add(Problems.otherKind(kind, place));
    return new PatternFile.Foreign(kind);
  }

  private void checkEntryNodes(YamlMap root) {
    if (root.get("spec") instanceof YamlMap spec
        && spec.get("entries") instanceof YamlList entries) {
      for (YamlNode item : entries.items()) {
        if (item instanceof YamlMap entry) {
          PatternReader.checkName(entry.get("name"), found);
          PatternReader.checkPriority(entry.get("priority"), found);
        }
      }
    }
  }

  private PatternFile bundle(BundleYaml written, String domain, Variables variables) {
    BundleYaml.Metadata metadata = written.metadata();
    Map<String, String> labels = new LinkedHashMap<>();
    metadata.labels().forEach((key, value) -> labels.put(key, variables.expand(value)));
    Bundle bundle =
        new Bundle(
            metadata.name(),
            domain,
            metadata.version(),
            variables.expand(metadata.description()),
            labels);
    List<Definition> definitions = new ArrayList<>();
    Map<String, Place> places = new HashMap<>();
    for (BundleYaml.Entry entry : written.spec().entries()) {
      Place place = entry.name().place();
      Place first = places.putIfAbsent(entry.name().text(), place);
      if (first != null) {
        found.add(Problems.entryTwice(entry.name().text(), place, first));
      }
      definitions.add(definition(entry, domain, variables));
    }
    return new PatternFile.Many(bundle, definitions);
  }

  private Definition definition(BundleYaml.Entry entry, String domain, Variables variables) {
    String name = entry.name().text();
    Place place = entry.name().place();
    EntryContent content = EntryContent.of(entry, variables);
    if (content.kinds().isEmpty()) {
      found.add(Problems.noContent(name, place));
    } else if (content.kinds().size() > 1) {
      List<String> kinds = content.kinds();
      found.add(
          Problems.moreContent(name, kinds.getFirst(), kinds.subList(1, kinds.size()), place));
    }
    Pattern pattern =
        new Pattern(
            name,
            domain,
            "",
            variables.expand(entry.description()),
            Difficulty.BEGINNER,
            "",
            "",
            variables.expand(entry.triggerConditions()),
            List.of(),
            variables.expand(entry.tags()),
            List.of(),
            entry.priority(),
            List.of(),
            content.templates(),
            content.examples(),
            List.of(),
            "",
            null,
            content.rule(),
            Map.of());
    return new Definition(pattern, place, List.of());
  }
}
