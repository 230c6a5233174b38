package dev.pirn.patterns;

import dev.pirn.yaml.Default;
import dev.pirn.yaml.YamlScalar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A bundle as it is written. The keys are these names in `snake_case`, and `apiVersion`.
record BundleYaml(YamlScalar apiVersion, String kind, Metadata metadata, Spec spec) {

  record Metadata(
      String name,
      YamlScalar domain,
      @Default("1.0.0") String version,
      @Default("''") String description,
      Map<String, String> labels) {}

  /// @param entries the patterns
  /// @param variables the environment variables that texts may use, each with its value where it is
  ///   not set; nothing means that it must be set
  record Spec(List<Entry> entries, Map<String, @Nullable YamlScalar> variables) {}

  record Entry(
      YamlScalar name,
      String description,
      List<String> triggerConditions,
      @Nullable String template,
      @Nullable String example,
      @Nullable WrittenRule rule,
      @Nullable Integer priority,
      List<String> tags) {}

  record WrittenRule(String condition, String action, @Default("''") String rationale) {}
}
