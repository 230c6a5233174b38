package dev.pirn.registry;

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
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The schema for editors says what the validator says.
class SchemaTest {
  /// What a schema cannot say.
  private static final Set<String> BEYOND = Set.of(Code.DANGLING.id(), Code.REQUIRED_FIELD.id());

  record Document(Map<String, Object> all) {}

  @Test
  void acceptsTheRegistryOfTheWorkshop() {
    assertThat(new Mutations(1, Registry.schema()).saidBySchema(document())).isEmpty();
  }

  @Test
  void agreesWithTheValidatorOnTenThousandMutations() {
    long seed = Long.getLong("pirn.seed", System.nanoTime());
    Mutations mutations = new Mutations(seed, Registry.schema());
    Object good = document();
    int valid = 0;
    for (int i = 0; i < 10_000; i++) {
      Object document = mutations.mutated(good);
      List<Diagnostic> problems = problems(document);
      boolean accepted = problems.isEmpty();
      List<String> said = mutations.saidBySchema(document);
      assertThat(said.isEmpty())
          .as("seed %d, document %d%n%s%n%s%n%s", seed, i, problems, said, Json.line(document))
          .isEqualTo(accepted);
      valid += accepted ? 1 : 0;
    }
    assertThat(valid).as("both kinds were met").isBetween(1_000, 9_000);
  }

  private static List<Diagnostic> problems(Object document) {
    return Registry.validate(content(Json.line(document))).stream()
        .filter(d -> d.isError() && !BEYOND.contains(d.code()))
        .toList();
  }

  private static Content content(String text) {
    return new Content(Path.of("registry.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static Object document() {
    // A key above it, as plain data is made of components.
    String text = "all:\n" + Sample.text(Sample.example()).indent(2);
    YamlNode root = Objects.requireNonNull(Yaml.parse(content(text)).value());
    return Objects.requireNonNull(Yaml.binder(Document.class).bind(root, new ArrayList<>())).all();
  }
}
