package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The registry while its file is edited.
class RegistryTest {
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

  private void edit(Registry registry, String text) {
    Sample.write(file, text);
    Sample.sync(registry.live());
  }

  private static List<String> errors(Registry registry) {
    return registry.diagnostics().stream()
        .filter(Diagnostic::isError)
        .map(d -> d.message() + " | " + d.inForce())
        .toList();
  }

  @Test
  void aBrokenAgentKeepsItsLastGoodDefinitionWhileTheOthersGoOn() {
    try (Registry registry = open(Sample.registry("a", "b"))) {
      edit(
          registry,
          Sample.registry("a", "b", "c")
              .replace("name: The a", "name: ''")
              .replace("name: The b", "name: New b"));
      assertThat(registry.agents().ids()).containsExactly("a", "b", "c");
      assertThat(name(registry, "a")).isEqualTo("The a");
      assertThat(name(registry, "b")).isEqualTo("New b");
      assertThat(registry.agents().refused()).containsOnlyKeys("a");
      assertThat(errors(registry))
          .containsExactly(
              "\"name\" must have 1 to 200 characters, found 0 | the last good definition of \"a\" stays in force");

      edit(registry, Sample.registry("a", "b", "c").replace("name: The a", "name: Mended"));
      assertThat(name(registry, "a")).isEqualTo("Mended");
      assertThat(errors(registry)).isEmpty();
    }
  }

  @Test
  void aBrokenAgentThatIsNewIsLeftOut() {
    try (Registry registry = open(Sample.registry("a", "b").replace("name: The b", "name: ''"))) {
      assertThat(registry.agents().ids()).containsExactly("a");
      assertThat(errors(registry))
          .containsExactly(
              "\"name\" must have 1 to 200 characters, found 0 | no agent \"b\" is in force");
    }
  }

  @Test
  void withStrictModeABrokenAgentKeepsTheWholeFileBack() {
    String strict = "config: {validation: {strict_mode: true}}\n";
    try (Registry registry = open(Sample.registry("a", "b"))) {
      edit(registry, Sample.registryWith(strict, "a", "b", "c").replace("name: The a", "name: ''"));
      assertThat(registry.agents().ids()).containsExactly("a", "b");
      assertThat(errors(registry))
          .containsExactly(
              "\"name\" must have 1 to 200 characters, found 0 | the version of generation 1 stays in force");
    }
  }

  @Test
  void afterARollbackTheLastGoodIsWhatIsInForce() {
    try (Registry registry = open(Sample.registry("a"))) {
      edit(registry, Sample.registry("a").replace("The a", "Second"));
      registry.live().rollback(1);
      edit(registry, Sample.registry("a", "b").replace("name: The a", "name: ''"));
      assertThat(name(registry, "a")).isEqualTo("The a");
      assertThat(registry.agents().ids()).containsExactly("a", "b");
    }
  }

  @Test
  void whatIsNoRegistryTakesNothingAway() {
    try (Registry registry = open(Sample.registry("a", "b"))) {
      for (String text :
          List.of(
              "agents: {}",
              "agents:",
              "- x",
              "x: [",
              "version: \"1.0\"\n",
              "version: 1.0\nagents: {c: {}}")) {
        edit(registry, text);
        assertThat(registry.agents().ids()).as(text).containsExactly("a", "b");
        assertThat(errors(registry)).as(text).isNotEmpty();
      }
      edit(registry, "");
      assertThat(registry.agents().ids()).containsExactly("a", "b");
      edit(registry, Sample.registry("b"));
      assertThat(registry.agents().ids()).containsExactly("b");
      assertThat(errors(registry)).isEmpty();
    }
  }

  @Test
  void aFileThatSwitchesHotReloadOffIsLeftAloneUntilAReload() {
    String off = "config: {hot_reload: {enabled: false}, validation: {validate_location: false}}\n";
    try (Registry registry = open(Sample.registry("a"))) {
      assertThat(registry.statistics().hotReloadEnabled()).isTrue();
      edit(registry, Sample.registryWith(off, "a", "b"));
      assertThat(registry.agents().ids()).containsExactly("a", "b");
      assertThat(registry.statistics().hotReloadEnabled()).isFalse();
      assertThat(registry.diagnostics())
          .extracting(Diagnostic::message)
          .containsExactly("changes of the file are not followed");

      edit(registry, Sample.registry("c"));
      assertThat(registry.agents().ids()).containsExactly("a", "b");
      assertThat(registry.reload()).isInstanceOf(Reload.Applied.class);
      assertThat(registry.agents().ids()).containsExactly("c");
      edit(registry, Sample.registry("d"));
      assertThat(registry.agents().ids()).containsExactly("d");
    }
  }

  @Test
  void watchFileIsObeyedToo() {
    String off = "config: {hot_reload: {watch_file: false}}\n";
    try (Registry registry = open(Sample.registryWith(off, "a"))) {
      edit(registry, Sample.registry("b"));
      assertThat(registry.agents().ids()).containsExactly("a");
    }
  }

  @Test
  void aDebounceHoldsFromTheFileThatSaysSo() {
    String slow = "config: {hot_reload: {debounce_ms: 700}}\n";
    try (Registry registry = open(Sample.registry("a"))) {
      edit(registry, Sample.registryWith(slow, "a"));
      edit(registry, Sample.registry("a", "b"));
      assertThat(registry.agents().ids()).containsExactly("a", "b");
      Duration lag = lag(registry);
      assertThat(lag).isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }
  }

  private Duration lag(Registry registry) {
    try {
      return Duration.between(
          Files.getLastModifiedTime(file).toInstant(), registry.live().snapshot().time());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void locationsAreLookedForWhereTheFileWantsIt() throws IOException {
    try (Registry registry = open(Sample.registry("a", "b"))) {
      Files.createDirectories(temp.resolve("agents/a"));
      assertThat(registry.diagnostics())
          .extracting(d -> d.message() + " at " + Objects.requireNonNull(d.place()).line())
          .containsExactly("there is no folder \"agents/b\" at 11");
      edit(
          registry,
          Sample.registryWith("config: {validation: {validate_location: false}}\n", "a", "b"));
      assertThat(registry.diagnostics()).isEmpty();
    }
  }

  @Test
  void statisticsCount() {
    try (Registry registry = open(Sample.text(Sample.example()))) {
      RegistryStatistics statistics = registry.statistics();
      assertThat(statistics.totalAgents()).isEqualTo(4);
      assertThat(statistics.byCategory()).isEqualTo(Map.of("production", 3, "example", 1));
      assertThat(statistics.byEnvironment())
          .isEqualTo(Map.of("production", 2, "staging", 1, "demo", 1));
      assertThat(statistics.byStatus())
          .isEqualTo(Map.of("active", 2, "experimental", 1, "deprecated", 1));
      assertThat(statistics.deprecatedCount()).isEqualTo(1);
      assertThat(statistics.refusedCount()).isZero();
      assertThat(statistics.lastLoaded()).isEqualTo(registry.live().snapshot().time());
    }
  }

  @Test
  void eventsAreKept() {
    try (Registry registry = open(Sample.registry("a"))) {
      edit(registry, Sample.registry("a", "b").replace("The a", "New a"));
      edit(registry, "x");
      Recorded.await(() -> assertThat(registry.history()).hasSize(3));
      ReloadEvent refused = registry.history().getFirst();
      assertThat(refused.success()).isFalse();
      assertThat(refused.error()).startsWith(file + ":1:1: this must be a mapping, found \"x\"");
      ReloadEvent applied = registry.history().get(1);
      assertThat(applied.success()).isTrue();
      assertThat(applied.error()).isNull();
      assertThat(applied.agentsCount()).isEqualTo(2);
      assertThat(applied.previousCount()).isEqualTo(1);
      assertThat(applied.added()).containsExactly("b");
      assertThat(applied.changed()).containsExactly("a");
      assertThat(applied.removed()).isEmpty();
      assertThat(registry.history().getLast().added()).containsExactly("a");
    }
  }

  static String name(Registry registry, String id) {
    return registry.agents().get(id).orElseThrow().definition().name();
  }
}
