package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
  private static final String ALL_KINDS =
      """
      apiVersion: loom/v1
      kind: PatternLibrary
      metadata:
        name: all-kinds
        domain: SQL
        description: For tests
        labels: {team: core}
      spec:
        entries:
          - name: with_template
            description: Has a template
            trigger_conditions: [somebody asks]
            template: SELECT 1
            priority: 80
            tags: [a, b]
          - name: with_example
            description: Has an example
            example: For example
          - name: with_rule
            description: Has a rule
            rule: {condition: it rains, action: stay in, rationale: dry}
      """;

  @Test
  void theEntriesArePatternsOfTheDomain() {
    PatternLibrary library = Tree.of("libraries/all-kinds.yaml", ALL_KINDS).library();
    assertThat(library.names()).containsExactly("with_example", "with_rule", "with_template");
    LoadedPattern loaded = library.get("with_template").orElseThrow();
    assertThat(loaded.path()).isEqualTo("libraries/all-kinds.yaml");
    assertThat(loaded.bundle())
        .isEqualTo(new Bundle("all-kinds", "sql", "1.0.0", "For tests", Map.of("team", "core")));
    Pattern pattern = loaded.pattern();
    assertThat(pattern.category()).isEqualTo("sql");
    assertThat(pattern.description()).isEqualTo("Has a template");
    assertThat(pattern.useCases()).containsExactly("somebody asks");
    assertThat(pattern.tags()).containsExactly("a", "b");
    assertThat(pattern.priority()).isEqualTo(80);
    assertThat(Objects.requireNonNull(pattern.templates().get("with_template")).content())
        .isEqualTo("SELECT 1");
    assertThat(pattern("with_example", library).examples().getFirst().description())
        .isEqualTo("For example");
    assertThat(pattern("with_rule", library).rule())
        .isEqualTo(new Rule("it rains", "stay in", "dry"));
  }

  @Test
  void ofSeveralContentsTheTemplateCountsThenTheExample() {
    String three = "template: T, example: E, rule: {condition: C, action: A}";
    Decoded<PatternFile> decoded = entry("{name: x, description: d, " + three + "}");
    Pattern pattern = Objects.requireNonNull(decoded.value()).definitions().getFirst().pattern();
    assertThat(pattern.templates()).hasSize(1);
    assertThat(pattern.examples()).isEmpty();
    assertThat(pattern.rule()).isNull();
    assertThat(codes(decoded)).containsExactly("PIRN-P016");
    assertThat(decoded.diagnostics().getFirst().message())
        .isEqualTo("\"x\" has more than one content, only its template counts");
    String two = "example: E, rule: {condition: C, action: A}";
    assertThat(
            Objects.requireNonNull(entry("{name: x, description: d, " + two + "}").value())
                .definitions()
                .getFirst()
                .pattern()
                .examples())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apiVersion: loom/v1    | apiVersion: loom/v2        | PIRN-P012",
        "apiVersion: loom/v1\\n | ''                         | PIRN-Y031",
        "kind: PatternLibrary   | kind: PatternLibary        | PIRN-P011",
        "name: all-kinds        | version: 1.0.0             | PIRN-Y031",
        "domain: SQL            | version: 1.0.0             | PIRN-Y031",
        "domain: SQL            | domain: ' '                | PIRN-P002",
        "- name: with_rule      | - priority: 3              | PIRN-Y031",
        "description: Has a rule| tags: []                   | PIRN-Y031",
        "priority: 80           | priority: 101              | PIRN-P004",
        "priority: 80           | priority: -1               | PIRN-P004",
        "priority: 80           | priority: 0xFFF            | PIRN-P004",
        "example: For example   | tags: []                   | PIRN-P015",
        "condition: it rains,   | ''                         | PIRN-Y031",
        "name: with_example     | name: ../x                 | PIRN-P001",
        "name: with_example     | name: with_template        | PIRN-P017"
      })
  void aBundleThatBreaksARuleIsRefused(String part, String instead, String code) {
    String text = ALL_KINDS.replace(part.replace("\\n", "\n"), instead);
    assertThat(text).isNotEqualTo(ALL_KINDS);
    Decoded<PatternFile> decoded = decode(text);
    assertThat(decoded.value()).isNull();
    assertThat(codes(decoded)).contains(code);
  }

  @Test
  void aBundleNeedsAnEntry() {
    String text = ALL_KINDS.substring(0, ALL_KINDS.indexOf("  entries:")) + "  entries: []\n";
    assertThat(codes(decode(text))).containsExactly("PIRN-P014");
    String missing = ALL_KINDS.substring(0, ALL_KINDS.indexOf("spec:")) + "spec: {}\n";
    assertThat(codes(decode(missing))).containsExactly("PIRN-P014");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
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
        "Data-Quality"
      })
  void theUsualDomainsNeedNoRemark(String domain) {
    assertThat(decode(ALL_KINDS.replace("SQL", domain)).diagnostics()).isEmpty();
  }

  @Test
  void anotherDomainIsAWarningAndTheBundleIsLoaded() {
    Decoded<PatternFile> decoded = decode(ALL_KINDS.replace("SQL", "transcend"));
    assertThat(codes(decoded)).containsExactly("PIRN-P013");
    assertThat(Objects.requireNonNull(decoded.value()).definitions()).hasSize(3);
  }

  @Test
  void aFileOfAnotherKindIsNoPatternAndNoError() {
    Decoded<PatternFile> decoded = decode("apiVersion: v1\nkind: Workflow\nname: x\n");
    assertThat(codes(decoded)).containsExactly("PIRN-P010");
    assertThat(Objects.requireNonNull(decoded.value()).definitions()).isEmpty();
  }

  @Test
  void onlyDeclaredVariablesAreExpandedAndOnlyAfterParsing() {
    Tree tree = Tree.withEnvironment(Map.of("DB", "a: b # \"'\n$HOME", "HOME", "/secret"));
    tree.put(
        "b.yaml",
        """
        apiVersion: loom/v1
        kind: PatternLibrary
        metadata: {name: b, domain: sql, description: "on $DB"}
        spec:
          variables:
            DB:
            SCHEMA: public
            EMPTY: ""
          entries:
            - name: x
              description: ${DB}
              trigger_conditions: [$SCHEMA, "$SCHEMATA", $5]
              tags: ["${SCHEMA}[$EMPTY]"]
              template: "$HOME ${HOME} ${SCHEMA}.t"
        """);
    LoadedPattern loaded = tree.library().get("x").orElseThrow();
    assertThat(Objects.requireNonNull(loaded.bundle()).description())
        .isEqualTo("on a: b # \"'\n$HOME");
    Pattern pattern = loaded.pattern();
    assertThat(pattern.description()).isEqualTo("a: b # \"'\n$HOME");
    assertThat(pattern.useCases()).containsExactly("public", "$SCHEMATA", "$5");
    assertThat(pattern.tags()).containsExactly("public[]");
    assertThat(Objects.requireNonNull(pattern.templates().get("x")).content())
        .isEqualTo("$HOME ${HOME} public.t");
  }

  @Test
  void aDeclaredVariableWithoutValueAndDefaultIsAnErrorAtItsPlace() {
    String text = ALL_KINDS.replace("spec:", "spec:\n  variables: {DB: , 1X: a}");
    Decoded<PatternFile> decoded = decode(text);
    assertThat(codes(decoded)).containsExactly("PIRN-P019", "PIRN-P018");
    assertThat(decoded.diagnostics().getFirst().message())
        .isEqualTo("the environment variable DB is not set");
    assertThat(Objects.requireNonNull(decoded.diagnostics().getFirst().place()).line())
        .isEqualTo(9);
  }

  private static Pattern pattern(String name, PatternLibrary library) {
    return library.get(name).orElseThrow().pattern();
  }

  private static Decoded<PatternFile> entry(String entry) {
    return decode(Sample.bundle("all-kinds", "- " + entry));
  }

  private static Decoded<PatternFile> decode(String text) {
    return Tree.of("all-kinds.yaml", text).decode("all-kinds.yaml");
  }

  private static List<String> codes(Decoded<PatternFile> decoded) {
    return decoded.diagnostics().stream().map(Diagnostic::code).toList();
  }
}
