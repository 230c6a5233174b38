package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Content;
import dev.pirn.live.Diagnostic;
import dev.pirn.yaml.Json;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The schema for editors says what the validator says.
class SchemaTest {
  private static final String GOOD =
      """
      all:
        name: row_count
        category: analytics
        title: Count rows
        description: Counts the rows of a table
        difficulty: beginner
        backend_type: sql
        backend_function: count
        use_cases: [quality, size]
        intents: [count]
        tags: [a]
        related_patterns: [other]
        priority: 50
        parameters:
          - {name: table, type: string, required: true, description: d, example: e, default: t}
          - {name: columns, type: "array[string]"}
        templates:
          short: SELECT 1
          full: {content: x, description: d, required_parameters: [table], output_format: csv, own: 1}
        examples:
          - {name: n, parameters: {a: 1}, expected_result: r, notes: n}
        common_errors:
          - {error: e, cause: c, solution: s}
        best_practices: b
        syntax: {description: d, operators: [{symbol: a, meaning: b, example: c}]}
        own: {a: 1}
      """;

  record Document(Map<String, Object> all) {}

  @Test
  void agreesWithTheValidatorOnTenThousandMutations() {
    long seed = Long.getLong("pirn.seed", System.nanoTime());
    Mutations mutations = new Mutations(seed, Patterns.schema());
    YamlNode root = Objects.requireNonNull(Yaml.parse(content(GOOD)).value());
    Object good =
        Objects.requireNonNull(Yaml.binder(Document.class).bind(root, new ArrayList<>())).all();
    assertThat(mutations.saidBySchema(good)).isEmpty();
    int valid = 0;
    for (int i = 0; i < 10_000; i++) {
      Object document = mutations.mutated(good);
      List<Diagnostic> problems =
          new PatternDecoder(Map.of())
              .decode(content(Json.line(document))).diagnostics().stream()
                  .filter(Diagnostic::isError)
                  .toList();
      List<String> said = mutations.saidBySchema(document);
      assertThat(said.isEmpty())
          .as("seed %d, document %d%n%s%n%s%n%s", seed, i, problems, said, Json.line(document))
          .isEqualTo(problems.isEmpty());
      valid += problems.isEmpty() ? 1 : 0;
    }
    assertThat(valid).as("both kinds were met").isBetween(1_000, 9_500);
  }

  private static Content content(String text) {
    return new Content(Path.of("row_count.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }
}
