package dev.pirn.patterns;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlBinder;
import dev.pirn.yaml.YamlList;
import dev.pirn.yaml.YamlMap;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a file that is one pattern.
///
/// What its keys must hold is checked on the nodes themselves, so that it is reported beside other
/// errors of the file and not only after they are mended.
final class PatternReader {
  /// Keys that real files have and that need no remark.
  private static final Set<String> USUAL_EXTRA =
      Set.of(
          "version",
          "author",
          "system",
          "tools",
          "guardrails",
          "metrics",
          "validation",
          "weaver_hints",
          "roadmap");

  private static final YamlBinder<PatternYaml> BINDER =
      Yaml.binder(PatternYaml.class, PatternDecoder.OPTIONS);

  private PatternReader() {}

  /// The pattern, or null after an error.
  static @Nullable PatternFile read(YamlNode root, Path file, List<Diagnostic> found) {
    PatternYaml written = BINDER.bind(root, found);
    if (root instanceof YamlMap map) {
      checkName(map.get("name"), found);
      checkCategory(map.get("category"), found);
      checkTypes(map.get("parameters"), found);
      checkPriority(map.get("priority"), found);
    }
    if (written == null || Diagnostic.anyError(found)) {
      return null;
    }
    Pattern pattern = written.pattern();
    Definition definition =
        new Definition(
            pattern,
            written.name().place(),
            written.relatedPatterns().stream().map(YamlScalar::place).toList());
    warn(definition, (YamlMap) root, file, found);
    return new PatternFile.Single(definition);
  }

  static void checkName(@Nullable YamlNode name, List<Diagnostic> found) {
    if (name instanceof YamlScalar scalar && !scalar.isNull() && !Names.isSafe(scalar.text())) {
      found.add(Problems.badName(scalar.text(), scalar.place()));
    }
  }

  static void checkPriority(@Nullable YamlNode priority, List<Diagnostic> found) {
    if (priority instanceof YamlScalar scalar
        && scalar.text().matches("[-+]?\\d[\\dA-Fa-fox]*")
        && !scalar.text().matches("0*(\\d{1,2}|100)")) {
      found.add(Problems.badPriority(scalar.text(), scalar.place()));
    }
  }

  private static void checkCategory(@Nullable YamlNode category, List<Diagnostic> found) {
    if (category instanceof YamlScalar scalar && !scalar.isNull() && scalar.text().isBlank()) {
      found.add(Problems.blank("category", scalar.place()));
    }
  }

  private static void checkTypes(@Nullable YamlNode parameters, List<Diagnostic> found) {
    if (parameters instanceof YamlList list) {
      for (YamlNode item : list.items()) {
        if (item instanceof YamlMap parameter
            && parameter.get("type") instanceof YamlScalar type
            && !type.isNull()
            && !ParameterTypes.isLegal(type.text())) {
          found.add(Problems.badType(type.text(), type.place()));
        }
      }
    }
  }

  private static void warn(Definition definition, YamlMap map, Path file, List<Diagnostic> found) {
    Pattern pattern = definition.pattern();
    Place place = definition.namePlace();
    for (String key : pattern.extra().keySet()) {
      Place keyPlace = map.keyPlace(key);
      if (keyPlace != null && !USUAL_EXTRA.contains(key) && !reported(keyPlace, found)) {
        found.add(Problems.unknownKey(key, keyPlace));
      }
    }
    List<String> missing = new ArrayList<>();
    if (pattern.title().isBlank()) {
      missing.add("title");
    }
    if (pattern.description().isBlank()) {
      missing.add("description");
    }
    if (!missing.isEmpty()) {
      found.add(Problems.notRecommended(missing, place));
    }
    if (!pattern.backendFunction().isEmpty()
        && pattern.templates().isEmpty()
        && pattern.examples().isEmpty()) {
      found.add(Problems.nothingForFunction(pattern.backendFunction(), functionPlace(map, place)));
    }
    String stem = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    if (!stem.equals(pattern.name())) {
      found.add(Problems.otherStem(pattern.name(), stem, place));
    }
  }

  private static Place functionPlace(YamlMap map, Place otherwise) {
    for (String key : List.of("backend_function", "teradata_function")) {
      YamlNode function = map.get(key);
      if (function != null) {
        return function.place();
      }
    }
    return otherwise;
  }

  /// Whether a key has been remarked on already, as one that is nearly another.
  private static boolean reported(Place place, List<Diagnostic> found) {
    return found.stream().anyMatch(diagnostic -> place.equals(diagnostic.place()));
  }
}
