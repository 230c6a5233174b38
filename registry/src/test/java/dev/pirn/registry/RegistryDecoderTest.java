package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryDecoderTest {
  @Test
  void readsTheRegistryOfTheWorkshop() throws IOException {
    Decoded<AgentRegistry> decoded = Sample.decode(Files.readString(Sample.example()));
    assertThat(decoded.diagnostics()).isEmpty();
    AgentRegistry registry = Objects.requireNonNull(decoded.value());
    assertThat(registry.version()).isEqualTo("1.0");
    assertThat(registry.ids()).containsExactly("greeter", "librarian", "echo", "old_greeter");
    Agent greeter = registry.get("greeter").orElseThrow();
    assertThat(greeter.place().line()).isEqualTo(13);
    assertThat(greeter.definition().updatedAt()).isEqualTo(LocalDate.of(2026, 11, 12));
    assertThat(greeter.definition().status()).isEqualTo(AgentStatus.ACTIVE);
    assertThat(Objects.requireNonNull(greeter.definition().performanceMetrics()).successRate())
        .isEqualTo(0.97);
    assertThat(registry.info().orElseThrow().lastUpdated()).isEqualTo(LocalDate.of(2026, 11, 20));
    assertThat(registry.describedCategories().get("production"))
        .isEqualTo(new AgentCategory("Serves people", "#1F8A70", "🏭"));
    assertThat(registry.describedEnvironments().get("production").requiresApproval()).isTrue();
    assertThat(registry.tagTaxonomy().all()).contains("routing", "citation");
    assertThat(registry.config().autoSync().scanDirectories())
        .containsExactly("agents", "examples");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-20", "\"2026-11-20\"", "'2026-11-20'"})
  void readsDatesQuotedOrNot(String date) {
    AgentRegistry registry =
        Sample.read(Sample.registry("a").stripTrailing() + "\n    updated_at: " + date + "\n");
    assertThat(registry.get("a").orElseThrow().definition().updatedAt())
        .isEqualTo(LocalDate.of(2026, 11, 20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: The a             | name: ''                  | 4:11 "name" must have 1 to 200 characters, found 0
          category: production    | category: prodction       | 5:15 "prodction" is no category
          environment: production | environment: prod         | 6:18 "prod" is no environment
          owner: team             | ownr: team                | 4:5 the key "owner" is missing; 7:5 unknown key "ownr"
          version: "1.0.0"        | version: 1.0              | 8:14 "version" must be text, found 1.0 without quotes
          version: "1.0.0"        | version: "1.0"            | 8:14 "version" must be a version like 1.0.0 or 1.0.0-beta.1, found "1.0"
          version: "1.0.0"        | version: v1.0.0           | 8:14 "version" must be a version like 1.0.0 or 1.0.0-beta.1, found "v1.0.0"
          location: agents/a      | location: /agents/a       | 9:15 "location" must be a relative path like agents/helper, without .. and without / at its ends, found "/agents/a"
          location: agents/a      | location: agents/a/       | 9:15 "location" must be a relative path like agents/helper, without .. and without / at its ends, found "agents/a/"
          location: agents/a      | location: agents/../../a  | 9:15 "location" must be a relative path like agents/helper, without .. and without / at its ends, found "agents/../../a"
          deprecated: false       | deprecated: "false"       | 10:17 "deprecated" must be true or false, found "false"
          deprecated: false       | deprecated: true          | 10:17 a deprecated agent must say why
          deprecated: false       | status: retired           | 10:13 "status" cannot be "retired"
          deprecated: false       | tags: [a, b, a]           | 10:18 "tags" lists "a" twice
          deprecated: false       | tags: a                   | 10:11 "tags" must be a list, found "a"
          deprecated: false       | tags: ['']                | 10:12 "tags[0]" must have 1 to 50 characters, found 0
          deprecated: false       | updated_at: 2026-02-30    | 10:17 "updated_at" must be a date like 2026-01-31, found "2026-02-30"
          deprecated: false       | dependencies: [b]         | 10:20 there is no agent "b"
          deprecated: false       | replacement_agent: b      | 10:24 there is no agent "b"
          deprecated: false       | documentation_url: docs   | 10:24 "documentation_url" must be an address like https://example.com/docs, found "docs"
          deprecated: false       | performance_metrics: {success_rate: 1.5} | 10:41 "performance_metrics.success_rate" must be from 0 to 1, found "1.5"
          """)
  void everyRuleOfAnAgentHasItsPlace(String line, String instead, String expected) {
    String text = Sample.registry("a").replace(line.strip(), instead.strip());
    assertThat(places(Sample.decode(text).diagnostics())).isEqualTo(expected.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version: "1.0"  | version: 1.0      | 1:10 "version" must be text, found 1.0 without quotes
          version: "1.0"  | version: "1"      | 1:10 "version" must be a version like "1.0", found "1"
          agents:         | agent:            | 1:1 the key "agents" is missing; 2:1 unknown key "agent"
          """)
  void theWholeHasItsRulesToo(String line, String instead, String expected) {
    Decoded<AgentRegistry> decoded =
        Sample.decode(Sample.registry("a").replace(line.strip(), instead.strip()));
    assertThat(decoded.value()).isNull();
    assertThat(places(decoded.diagnostics())).isEqualTo(expected.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          categories: {x: {description: d, color: "#12345"}}   | 11:41 "categories.x.color" must be a colour like "#1F8A70", found "#12345"
          categories: {x: {description: d, icon: "12345678901"}} | 11:40 "categories.x.icon" must have at most 10 characters, found 11
          config: {hot_reload: {debounce_ms: 50}}              | 11:36 "config.hot_reload.debounce_ms" must be from 100 to 5000, found "50"
          config: {hot_reload: {debounce_ms: 5001}}            | 11:36 "config.hot_reload.debounce_ms" must be from 100 to 5000, found "5001"
          config: {validation: {strictmode: true}}             | 11:23 unknown key "strictmode" in "config.validation"
          config: {validation: {required_fields: [descripton]}} | 11:41 an agent has no field "descripton"
          config: {auto_sync: {conflict_resolution: ask}}      | 11:43 "config.auto_sync.conflict_resolution" cannot be "ask"
          config: {discovery: {default_sort: size}}            | 11:36 "config.discovery.default_sort" cannot be "size"
          registry: {description: d}                           | 11:11 the key "name" is missing in "registry"
          """)
  void whatStandsBesideTheAgentsRefusesTheFile(String more, String expected) {
    Decoded<AgentRegistry> decoded = Sample.decode(Sample.registryWith(more.strip() + "\n", "a"));
    assertThat(decoded.value()).isNull();
    assertThat(places(decoded.diagnostics())).isEqualTo(expected.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- a",
        "agents",
        "version: \"1.0\"",
        "version: \"1.0\"\nagents:",
        "version: \"1.0\"\nagents: []",
        "version: \"1.0\"\nagents: {}",
        "agents: {a: {name: [}"
      })
  void aFileThatIsNoRegistryIsRefused(String text) {
    assertThat(Sample.decode(text).value()).isNull();
  }

  @Test
  void whatAConfigurationAllowsIsAllowed() {
    String text =
        Sample.registryWith(
            "config: {validation: {allow_custom_categories: true, allow_custom_environments: true,"
                + " validate_dependencies: false, warn_on_missing_optional: true}}\n",
            "a");
    Decoded<AgentRegistry> decoded =
        Sample.decode(
            text.replace("category: production", "category: lab")
                .replace("environment: production", "environment: moon")
                .replace("deprecated: false", "dependencies: [nobody]"));
    assertThat(decoded.value()).isNotNull();
    assertThat(places(decoded.diagnostics()))
        .isEqualTo(
            "3:3 the agent has no \"description\", \"business_goal\", \"tags\", \"created_at\", \"updated_at\"");
  }

  @Test
  void requiredFieldsAreRequired() {
    String more = "config: {validation: {required_fields: [description, owner]}}\n";
    assertThat(places(Sample.decode(Sample.registryWith(more, "a")).diagnostics()))
        .isEqualTo(
            "3:3 the key \"description\" is missing, which config.validation.required_fields demands");
  }

  @Test
  void duplicateIdsAreAnErrorWithBothPlaces() {
    Decoded<AgentRegistry> decoded = Sample.decode(Sample.registry("a", "b", "a"));
    assertThat(decoded.value()).isNull();
    Diagnostic problem = decoded.diagnostics().getFirst();
    assertThat(problem.message()).isEqualTo("the key \"a\" is there twice");
    assertThat(Objects.requireNonNull(problem.place()).line()).isEqualTo(19);
    assertThat(problem.related()).extracting(Place::line).containsExactly(3);
  }

  @Test
  void allProblemsComeAtOnce() {
    String text =
        Sample.registry("a", "b", "c")
            .replace("name: The a", "name: ''")
            .replace("location: agents/b", "location: ..")
            .replace("  c:", "  c c:");
    assertThat(Sample.decode(text).diagnostics())
        .extracting(d -> Objects.requireNonNull(d.place()).line())
        .containsExactly(4, 17, 19);
  }

  @Test
  void notMoreProblemsAreShownThanAnybodyReads() {
    String[] ids = new String[300];
    Arrays.setAll(ids, i -> "a" + i);
    Decoded<AgentRegistry> decoded =
        Sample.decode(Sample.registry(ids).replace("owner: team", "x: y"));
    assertThat(decoded.diagnostics()).hasSize(101);
    assertThat(decoded.diagnostics().getLast().message())
        .isEqualTo("500 more problems are not shown");
  }

  static String places(List<Diagnostic> diagnostics) {
    return String.join(
        "; ",
        diagnostics.stream()
            .map(d ->
                "%d:%d %s"
                    .formatted(
                        Objects.requireNonNull(d.place()).line(), d.place().column(), d.message()))
            .toList());
  }
}
