package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import dev.pirn.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts variables of the supervisor's environment into the `environment` of an `agent.yaml`:
/// `$NAME`, `${NAME}`, `${NAME:-default}`, and `$$` for a `$`.
final class Expansion {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$(?:(\\$)|([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\})");

  private Expansion() {}

  static Map<String, String> of(
      Map<String, YamlScalar> written, Map<String, String> environment, List<Diagnostic> said) {
    Map<String, String> expanded = new LinkedHashMap<>();
    written.forEach(
        (key, value) -> expanded.put(key, value.isNull() ? "" : expand(value, environment, said)));
    return expanded;
  }

  private static String expand(
      YamlScalar value, Map<String, String> environment, List<Diagnostic> said) {
    return REFERENCE
        .matcher(value.text())
        .replaceAll(match -> Matcher.quoteReplacement(meaning(match, value, environment, said)));
  }

  private static String meaning(
      MatchResult match, YamlScalar value, Map<String, String> environment, List<Diagnostic> said) {
    if (match.group(1) != null) {
      return "$";
    }
    String name = match.group(2) == null ? match.group(3) : match.group(2);
    String found = environment.get(name);
    String fallback = match.group(4);
    if (fallback != null) {
      return found == null || found.isEmpty() ? fallback : found;
    }
    if (found == null) {
      said.add(
          Problems.notSet(name, value.place(match.start(), match.end()), environment.keySet()));
      return "";
    }
    return found;
  }
}
