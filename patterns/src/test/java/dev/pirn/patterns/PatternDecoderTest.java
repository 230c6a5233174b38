package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternDecoderTest {
  private static final String FULL =
      """
      name: row_count
      title: Count rows
      description: |
        Counts rows.
      category: analytics
      difficulty: Advanced
      backend_type: postgres
      backend_function: count
      use_cases: [Count everything, Count some]
      intents: [analytics]
      tags: [fast]
      priority: 70
      parameters:
        - name: table
          type: string
          required: true
          description: Which table
          example: users
          default: orders
        - name: limit
          type: integer
          example: 10
      templates:
        short: SELECT count(*) FROM {{table}}
        long:
          description: With a filter
          sql: SELECT count(*) FROM {{table}} WHERE x
          required_parameters: [table]
          output_format: table
          endpoint: /count
      examples:
        - name: users
          description: All users
          parameters: {table: users, deep: {list: [1, 2.5, true, null]}}
          expected_result: "42"
          note: Quick
          input: raw
      common_errors:
        - {error: Slow, cause: No index, solution: Add one}
        - {error: Wrong, cause: Nulls, fix: Coalesce}
      best_practices: Count an index.
      pattern_syntax:
        description: Signs
        operators:
          - {symbol: "*", meaning: all, example: count(*)}
      related_patterns: [row_count]
      version: 2
      """;

  @Test
  void everyFieldIsRead() {
    Pattern pattern = pattern(FULL);
    assertThat(pattern.name()).isEqualTo("row_count");
    assertThat(pattern.title()).isEqualTo("Count rows");
    assertThat(pattern.description()).isEqualTo("Counts rows.\n");
    assertThat(pattern.category()).isEqualTo("analytics");
    assertThat(pattern.difficulty()).isEqualTo(Difficulty.ADVANCED);
    assertThat(pattern.backendType()).isEqualTo("postgres");
    assertThat(pattern.backendFunction()).isEqualTo("count");
    assertThat(pattern.useCases()).containsExactly("Count everything", "Count some");
    assertThat(pattern.intents()).containsExactly("analytics");
    assertThat(pattern.tags()).containsExactly("fast");
    assertThat(pattern.priority()).isEqualTo(70);
    assertThat(pattern.parameters())
        .containsExactly(
            new Parameter("table", "string", true, "Which table", "users", "orders"),
            new Parameter("limit", "integer", false, "", "10", null));
    assertThat(pattern.bestPractices()).isEqualTo("Count an index.");
    assertThat(pattern.relatedPatterns()).containsExactly("row_count");
    assertThat(pattern.rule()).isNull();
  }

  @Test
  void aTemplateIsATextOrAMapAndSqlIsItsContentWhenThereIsNone() {
    Pattern pattern = pattern(FULL);
    assertThat(pattern.templates().keySet()).containsExactly("short", "long");
    Template shorter = Objects.requireNonNull(pattern.templates().get("short"));
    assertThat(shorter.content()).isEqualTo("SELECT count(*) FROM {{table}}");
    assertThat(shorter.language()).isEmpty();
    Template longer = Objects.requireNonNull(pattern.templates().get("long"));
    assertThat(longer.content()).isEqualTo("SELECT count(*) FROM {{table}} WHERE x");
    assertThat(longer.language()).isEqualTo("sql");
    assertThat(longer.requiredParameters()).containsExactly("table");
    assertThat(longer.outputFormat()).isEqualTo("table");
    assertThat(longer.extra()).containsEntry("endpoint", "/count");
  }

  @Test
  void examplesKeepTheirParametersAndFurtherKeysAsPlainData() {
    Example example = pattern(FULL).examples().getFirst();
    assertThat(example.name()).isEqualTo("users");
    assertThat(example.expectedResult()).isEqualTo("42");
    assertThat(example.notes()).isEqualTo("Quick");
    assertThat(example.extra()).containsEntry("input", "raw");
    assertThat(PlainData.text(example.parameters()))
        .isEqualTo("{\"table\": \"users\", \"deep\": {\"list\": [1, 2.5, true, null]}}");
  }

  @Test
  void fixIsUnderstoodAsSolutionAndPatternSyntaxAsSyntax() {
    Pattern pattern = pattern(FULL);
    assertThat(pattern.commonErrors())
        .containsExactly(
            new CommonError("Slow", "No index", "Add one"),
            new CommonError("Wrong", "Nulls", "Coalesce"));
    assertThat(pattern.syntax())
        .isEqualTo(new Syntax("Signs", List.of(new Syntax.Operator("*", "all", "count(*)"))));
  }

  @Test
  void keysThatRealFilesHaveAreKeptWithoutARemark() {
    Decoded<PatternFile> decoded = decode("row_count", FULL);
    assertThat(decoded.diagnostics()).isEmpty();
    assertThat(pattern(FULL).extra()).containsEntry("version", 2L);
  }

  @Test
  void teradataFunctionFillsBackendFunctionOnlyWhereThatIsMissing() {
    assertThat(function("teradata_function: NPATH")).isEqualTo("NPATH");
    assertThat(function("backend_function: count")).isEqualTo("count");
    assertThat(function("backend_function: count\nteradata_function: NPATH")).isEqualTo("count");
    assertThat(function("")).isEmpty();
  }

  @Test
  void difficultyIsBeginnerWhenNotSaid() {
    assertThat(pattern(Sample.pattern("x", "c")).difficulty()).isEqualTo(Difficulty.BEGINNER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "category"})
  void nameAndCategoryAreRequired(String key) {
    for (String line : List.of("", key + ":\n", key + ": ~\n", key + ": ''\n", key + ": '  '\n")) {
      String text = Sample.pattern("x", "c").replaceAll("(?m)^" + key + ": .*\n", "") + line;
      assertThat(decode("x", text).value()).as(text).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "a/b", ".x", "x.", "a..b", "a b", "\"a\\nb\"", "\"a\\u0000\"", "-x", "é"})
  void aNameThatIsNotSafeIsRefusedAtItsPlace(String name) {
    Decoded<PatternFile> decoded = decode("x", Sample.pattern(name, "c"));
    assertThat(decoded.value()).isNull();
    Diagnostic error = decoded.diagnostics().getFirst();
    assertThat(error.code()).isEqualTo("PIRN-P001");
    assertThat(Objects.requireNonNull(error.place()).line()).isEqualTo(1);
    assertThat(error.place().column()).isEqualTo(7);
  }

  @Test
  void allErrorsOfAFileAreReportedAtOnceInTheOrderOfTheirPlaces() {
    Decoded<PatternFile> decoded =
        decode(
            "x",
            """
            name: ../x
            difficulty: hard
            use_cases: one
            parameters:
              - name: p
                type: strng
            priority: 101
            """);
    assertThat(decoded.diagnostics().stream().map(it -> line(it) + " " + it.code()))
        .containsExactly(
            "1 PIRN-Y031",
            "1 PIRN-P001",
            "2 PIRN-Y035",
            "3 PIRN-Y032",
            "6 PIRN-P003",
            "7 PIRN-P004");
  }

  @Test
  void anUnknownKeyIsKeptAndRemarkedOn() {
    Decoded<PatternFile> decoded = decode("x", Sample.pattern("x", "c", "steps: [a]"));
    assertThat(codes(decoded)).containsExactly("PIRN-P005");
    assertThat(pattern(Sample.pattern("x", "c", "steps: [a]")).extra())
        .containsEntry("steps", List.of("a"));
  }

  @Test
  void aKeyThatIsNearlyKnownSaysWhatMayBeMeantAndIsRemarkedOnOnce() {
    Decoded<PatternFile> decoded = decode("x", Sample.pattern("x", "c", "use_casess: [a]"));
    assertThat(decoded.diagnostics()).hasSize(1);
    assertThat(decoded.diagnostics().getFirst().hint()).contains("use_cases");
  }

  @Test
  void warnsOfMissingTitleAndDescriptionInOneDiagnostic() {
    Decoded<PatternFile> decoded = decode("x", "name: x\ncategory: c\n");
    assertThat(codes(decoded)).containsExactly("PIRN-P006");
    assertThat(decoded.diagnostics().getFirst().message())
        .isEqualTo("the pattern has no \"title\" and \"description\"");
  }

  @Test
  void warnsOfAFunctionWithoutTemplatesAndExamples() {
    assertThat(codes(decode("x", Sample.pattern("x", "c", "backend_function: f"))))
        .containsExactly("PIRN-P007");
    assertThat(
            codes(
                decode("x", Sample.pattern("x", "c", "backend_function: f", "templates: {a: b}"))))
        .isEmpty();
  }

  @Test
  void warnsOfANameOtherThanTheFilesStemForBothEndings() {
    assertThat(codes(Tree.of("y.yaml", Sample.pattern("x", "c")).decode("y.yaml")))
        .containsExactly("PIRN-P008");
    assertThat(codes(Tree.of("x.yml", Sample.pattern("x", "c")).decode("x.yml"))).isEmpty();
  }

  @Test
  void anEmptyFileIsNoPattern() {
    for (String text : List.of("", "# only a comment\n", "---\n", "[]", "just text")) {
      assertThat(decode("x", text).value()).as(text).isNull();
    }
  }

  private static Pattern pattern(String text) {
    PatternFile file = Objects.requireNonNull(decode("row_count", text).value());
    return file.definitions().getFirst().pattern();
  }

  private static String function(String lines) {
    return pattern(Sample.pattern("x", "c", lines)).backendFunction();
  }

  private static Decoded<PatternFile> decode(String stem, String text) {
    return Tree.of(stem + ".yaml", text).decode(stem + ".yaml");
  }

  private static List<String> codes(Decoded<PatternFile> decoded) {
    return decoded.diagnostics().stream().map(Diagnostic::code).toList();
  }

  private static int line(Diagnostic diagnostic) {
    Place place = Objects.requireNonNull(diagnostic.place());
    return place.line();
  }
}
