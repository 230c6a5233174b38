package dev.pirn.patterns;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.yaml.YamlMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The environment variables that a bundle declares, and their values. Nothing else of the
/// environment can get into a pattern: `$HOME` stays `$HOME` unless the bundle declares it.
final class Variables {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern USE =
      Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)}|([A-Za-z_][A-Za-z0-9_]*))");

  private final Map<String, String> values;

  private Variables(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /// The declared variables with their values from the environment, or else their defaults.
  static Variables of(
      YamlMap root, BundleYaml.Spec spec, Map<String, String> environment, List<Diagnostic> found) {
    Map<String, String> values = new HashMap<>();
    spec.variables()
        .forEach((name, otherwise) -> {
          Place place = place(root, name);
          String value = environment.get(name);
          if (!NAME.matcher(name).matches()) {
            found.add(Problems.badVariable(name, place));
          } else if (value != null) {
            values.put(name, value);
          } else if (otherwise != null) {
            values.put(name, otherwise.text());
          } else {
            found.add(Problems.variableNotSet(name, place));
          }
        });
    return new Variables(values);
  }

  private static @Nullable Place place(YamlMap root, String name) {
    return root.get("spec") instanceof YamlMap spec
            && spec.get("variables") instanceof YamlMap variables
        ? variables.keyPlace(name)
        : null;
  }

  /// The text with `$NAME` and `${NAME}` replaced where NAME is declared.
  String expand(String text) {
    return USE.matcher(text).replaceAll(use -> Matcher.quoteReplacement(value(use)));
  }

  List<String> expand(List<String> texts) {
    return texts.stream().map(this::expand).toList();
  }

  private String value(MatchResult use) {
    String name = use.group(1) == null ? use.group(2) : use.group(1);
    return values.getOrDefault(name, use.group());
  }
}
