package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.AtomicFile;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes that are written back to the file.
class ChangeTest {
  private static final Map<String, Object> NEW =
      Map.of(
          "name", "New one",
          "category", "test",
          "environment", "test",
          "owner", "me",
          "version", "0.1.0",
          "location", "agents/new_one");

  @TempDir Path temp;
  private Path file;

  @BeforeEach
  void file() throws IOException {
    file = temp.toRealPath().resolve("agent_registry.yaml");
  }

  private Registry open(String text) {
    Sample.write(file, text);
    return Registry.open(RegistryOptions.of(file));
  }

  private static List<String> problems(Decoded<?> result) {
    assertThat(result.value()).isNull();
    return result.diagnostics().stream().map(Diagnostic::message).toList();
  }

  /// The lines of the file that are not in a text any more, and those that are new.
  private String difference(String before) {
    List<String> old = before.lines().toList();
    List<String> now = Sample.text(file).lines().toList();
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    StringBuilder out = new StringBuilder();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        i++;
        j++;
      } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
        out.append('-').append(old.get(i++)).append('\n');
      } else {
        out.append('+').append(now.get(j++)).append('\n');
      }
    }
    return out.toString();
  }

  @Test
  void registerAddsOnlyItsLines() {
    String before = Sample.text(Sample.example());
    try (Registry registry = open(before)) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", "New: one");
      fields.put("category", "test");
      fields.put("environment", "test");
      fields.put("owner", "me");
      fields.put("version", "0.1.0");
      fields.put("location", "agents/new_one");
      fields.put("tags", List.of("a", "b c"));
      Decoded<WrittenAgents> written = registry.register("new_one", fields, null);
      assertThat(written.diagnostics()).isEmpty();
      assertThat(registry.agents().get("new_one")).isPresent();
      assertThat(difference(before))
          .isEqualTo(
              """
              +  new_one:
              +    name: "New: one"
              +    category: test
              +    environment: test
              +    owner: me
              +    version: 0.1.0
              +    location: agents/new_one
              +    tags: [a, b c]
              +
              """);
      assertThat(Objects.requireNonNull(written.value()).digest())
          .isEqualTo(registry.live().snapshot().digest());
    }
  }

  @Test
  void updateChangesOnlyItsLines() {
    String before = Sample.text(Sample.example());
    try (Registry registry = open(before)) {
      Map<String, Object> fields =
          new HashMap<>(Map.of("version", "2.2.0", "tags", List.of("dialogue", "routing", "new")));
      fields.put("performance_metrics", Map.of("avg_latency_ms", 400));
      fields.put("dependencies", null);
      fields.put("removal_date", null);
      assertThat(
              registry.update("greeter", Collections.unmodifiableMap(fields), null).diagnostics())
          .isEmpty();
      assertThat(difference(before))
          .isEqualTo(
              """
              -    version: "2.1.0"
              +    version: "2.2.0"
              -    tags: [dialogue, routing]
              +    tags: [dialogue, routing, new]
              -    dependencies: [librarian]
              -      avg_latency_ms: 420
              -      success_rate: 0.97
              +      avg_latency_ms: 400
              """);
      assertThat(registry.agents().get("greeter").orElseThrow().definition().version())
          .isEqualTo("2.2.0");
    }
  }

  @Test
  void removeTakesTheCommentsOfTheAgentToo() {
    String before = Sample.text(Sample.example());
    try (Registry registry = open(before)) {
      assertThat(registry.remove("echo", null).diagnostics()).isEmpty();
      String after = Sample.text(file);
      assertThat(after).doesNotContain("# Shows how an agent is built.").contains("# Answers what");
      assertThat(after.lines().count()).isEqualTo(before.lines().count() - 12);
      assertThat(registry.agents().ids()).containsExactly("greeter", "librarian", "old_greeter");
    }
  }

  @Test
  void theFirstAgentGoesIntoEmptyBracesOrANewFile() {
    try (Registry registry = open("version: \"1.0\"\nagents: {}  # none yet\n")) {
      assertThat(registry.register("new_one", NEW, null).diagnostics()).isEmpty();
      assertThat(Sample.text(file))
          .startsWith("version: \"1.0\"\nagents:  # none yet\n  new_one:\n    ");
      assertThat(registry.agents().ids()).containsExactly("new_one");
    }
    Path other = temp.resolve("folder/other.yaml");
    try (Registry registry = Registry.open(RegistryOptions.of(other))) {
      assertThat(registry.register("new_one", NEW, null).diagnostics()).isEmpty();
      assertThat(registry.agents().ids()).containsExactly("new_one");
    }
  }

  @Test
  void nothingIsWrittenThatWouldBeRefused() {
    String before =
        Sample.registry("a", "b")
            .replace("deprecated: false", "dependencies: []")
            .replaceFirst("dependencies: \\[]", "dependencies: [b]");
    try (Registry registry = open(before)) {
      assertThat(problems(registry.register("a", NEW, null)))
          .containsExactly("there is already an agent \"a\"");
      assertThat(problems(registry.update("c", Map.of("owner", "x"), null)))
          .containsExactly("agent not found: c");
      assertThat(problems(registry.remove("c", null))).containsExactly("agent not found: c");
      assertThat(problems(registry.remove("b", null))).containsExactly("there is no agent \"b\"");
      assertThat(problems(registry.update("a", Map.of("version", "1.0"), null)))
          .containsExactly(
              "\"version\" must be a version like 1.0.0 or 1.0.0-beta.1, found \"1.0\"");
      assertThat(problems(registry.update("a", Map.of("ownr", "x"), null)))
          .containsExactly("unknown key \"ownr\"");
      assertThat(problems(registry.register("no id", NEW, null)))
          .containsExactly("\"no id\" cannot be an agent's id");
      assertThat(problems(registry.register("c", Map.of("name", "C"), null))).hasSize(5);
      assertThat(Sample.text(file)).isEqualTo(before);
    }
  }

  @Test
  void theLastAgentIsNotRemoved() {
    try (Registry registry = open(Sample.registry("a"))) {
      assertThat(problems(registry.remove("a", null))).isNotEmpty();
      assertThat(registry.agents().ids()).containsExactly("a");
    }
  }

  @Test
  void aConflictIsRefused() throws IOException {
    try (Registry registry = open(Sample.registry("a"))) {
      String seen = registry.live().snapshot().digest();
      assertThat(registry.update("a", Map.of("owner", "x"), seen).diagnostics()).isEmpty();
      assertThat(problems(registry.update("a", Map.of("owner", "y"), seen)))
          .containsExactly("the file has changed, its digest is " + AtomicFile.digest(file));
      assertThat(registry.agents().get("a").orElseThrow().definition().owner()).isEqualTo("x");
      Files.delete(file);
      assertThat(problems(registry.update("a", Map.of("owner", "y"), seen)))
          .containsExactly("the file to be changed does not exist");
    }
  }

  @Test
  void whatTheDiskSaysIsChangedEvenIfItIsNotInForceYet() {
    String off = "config: {hot_reload: {enabled: false}}\n";
    try (Registry registry = open(Sample.registryWith(off, "a"))) {
      Sample.write(file, Sample.registryWith(off, "a", "b"));
      assertThat(registry.register("new_one", NEW, null).diagnostics()).isEmpty();
      assertThat(registry.agents().ids()).containsExactly("a", "b", "new_one");
    }
  }

  @Test
  void anAgentThatIsBrokenKeepsNobodyFromChangingOthersAndCanBeMended() {
    String broken = Sample.registry("a", "b").replace("name: The b", "name: ''");
    try (Registry registry = open(broken)) {
      assertThat(registry.update("a", Map.of("owner", "x"), null).value()).isNotNull();
      assertThat(registry.update("b", Map.of("name", "B"), null).value()).isNotNull();
      assertThat(registry.agents().ids()).containsExactly("a", "b");
    }
  }

  @Test
  void lineEndsOfWindowsAndAMissingLastOneStay() {
    String before = Sample.registry("a").replace("\n", "\r\n").stripTrailing();
    try (Registry registry = open(before)) {
      assertThat(registry.register("b", NEW, null).value()).isNotNull();
      String after = Sample.text(file);
      assertThat(after)
          .startsWith(before + "\r\n  b:\r\n")
          .doesNotContainPattern("(?<!\r)\n")
          .doesNotEndWith("\n");
      assertThat(registry.remove("b", null).value()).isNotNull();
      assertThat(Sample.text(file)).isEqualTo(before);
    }
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path real = Files.createDirectory(temp.toRealPath().resolve("real")).resolve("r.yaml");
    Sample.write(real, Sample.registry("a"));
    Files.createSymbolicLink(file, real);
    try (Registry registry = Registry.open(RegistryOptions.of(file))) {
      assertThat(registry.register("b", NEW, null).value()).isNotNull();
      assertThat(file).isSymbolicLink();
      assertThat(Sample.text(real)).contains("  b:\n");
      assertThat(registry.agents().ids()).containsExactly("a", "b");
    }
  }
}
