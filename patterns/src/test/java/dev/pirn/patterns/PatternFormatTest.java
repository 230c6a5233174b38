package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternFormatTest {
  private static final String ROW_COUNT =
      """
      name: row_count
      title: Count rows
      category: analytics
      description: |
        Counts the rows of a table.
      use_cases: [Count everything, Count some]
      parameters:
        - name: table
          type: string
          required: true
          description: Which table
          example: users
        - name: filter
          type: object
          example: |
            {
              "a": 1
            }
          default: none
      templates:
        short: SELECT count(*) FROM {{table}}
        long:
          description: With a filter
          sql: |
            SELECT count(*)
            FROM {{table}} -- ```
          required_parameters: [table, filter]
          output_format: table
          hints: [a, {b: 1}]
      best_practices: Count an index.
      common_errors:
        - {error: Slow, cause: No index, solution: Add one}
        - {error: Wrong, cause: Nulls, fix: Coalesce}
        - {error: Late, cause: Clock}
        - {error: Lost}
      syntax:
        description: Signs
        operators: [{symbol: "*", meaning: all, example: count(*)}]
      examples:
        - name: users
          description: All users
          parameters: {table: users, limit: 10}
          expected_result: |
            42
            rows
          notes: Quick
          input: raw
      """;

  private static final String EXPECTED =
      """
      # Count rows (`row_count`)

      Counts the rows of a table.

      ## Use cases

      - Count everything
      - Count some

      ## Parameters

      - `table` (string) [REQUIRED]: Which table
        - Example: users
      - `filter` (object)
        - Example:
          ```
          {
            "a": 1
          }
          ```
        - Default: none

      ## Syntax

      Signs

      - `*` all
        - Example: count(*)

      ## Template: short

      ```
      SELECT count(*) FROM {{table}}
      ```

      ## Template: long

      With a filter

      - Required parameters: table, filter
      - Output format: table

      ````sql
      SELECT count(*)
      FROM {{table}} -- ```
      ````

      - hints: ["a", {"b": 1}]

      ## Best practices

      Count an index.

      ## Common errors

      - Slow
        - Cause: No index
        - Solution: Add one
      - Wrong
        - Cause: Nulls
        - Solution: Coalesce
      - Late
        - Cause: Clock
      - Lost

      ## Example: users

      All users

      - Parameters:
        - `table`: users
        - `limit`: 10
      - Expected result:
        ```
        42
        rows
        ```
      - Notes: Quick
      - input: raw
      """;

  @Test
  void everyPartStandsInItsPlaceByteForByte() {
    FormattedPattern formatted = format(ROW_COUNT, PatternFormat.DEFAULT_BUDGET);
    assertThat(formatted.text()).isEqualTo(EXPECTED);
    assertThat(formatted.leftOut()).isEmpty();
    assertThat(formatted.tokens()).isEqualTo(PatternFormat.tokens(EXPECTED));
  }

  @Test
  void whatDoesNotFitIsLeftOutByWholePartsAndNamed() {
    FormattedPattern formatted = format(ROW_COUNT, PatternFormat.LEAST_BUDGET);
    assertThat(formatted.tokens()).isLessThanOrEqualTo(PatternFormat.LEAST_BUDGET);
    assertThat(formatted.leftOut()).containsExactly("use cases", "syntax", "1 example");
    assertThat(formatted.text())
        .contains("## Common errors", "## Template: long")
        .endsWith("\n\n[left out to stay within 200 tokens: use cases, syntax, 1 example]\n");
  }

  @Test
  void everyBudgetIsKeptAndEveryPartIsWholeOrMissing() {
    Pattern pattern = pattern(ROW_COUNT);
    List<PatternPart> parts = PatternParts.of(pattern);
    for (int budget = PatternFormat.LEAST_BUDGET; budget < 400; budget++) {
      FormattedPattern formatted = PatternFormat.format(pattern, budget);
      assertThat(formatted.tokens()).isLessThanOrEqualTo(budget);
      String rest = formatted.text();
      for (PatternPart part : parts) {
        rest = rest.replace(part.text(), "");
      }
      assertThat(rest.strip()).matches("(\\[left out to stay within " + budget + " tokens: .*])?");
      assertThat(formatted.leftOut().isEmpty()).isEqualTo(!formatted.text().contains("[left out"));
    }
  }

  @Test
  void aPartThatIsTooLargeDoesNotKeepSmallerOnesOut() {
    String text =
        Sample.pattern("x", "c", "templates:", "  big: '" + "x".repeat(5000) + "'", "  small: y");
    FormattedPattern formatted = format(text, 300);
    assertThat(formatted.leftOut()).containsExactly("1 template");
    assertThat(formatted.text()).contains("## Template: small");
  }

  @Test
  void otherScriptsAreNeverSplitAndCountMore() {
    String text =
        Sample.pattern("x", "c", "best_practices: '" + "好".repeat(600) + "'", "use_cases: ['é']");
    FormattedPattern formatted = format(text, 200);
    byte[] bytes = formatted.text().getBytes(StandardCharsets.UTF_8);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(formatted.text());
    assertThat(formatted.leftOut()).containsExactly("best practices");
    assertThat(PatternFormat.tokens("好".repeat(4))).isEqualTo(3);
    assertThat(PatternFormat.tokens("a")).isEqualTo(1);
  }

  @Test
  void theHeadingAlwaysFits() {
    String text = "name: %s\ncategory: c\ntitle: %s\n".formatted("n".repeat(100), "好".repeat(99));
    FormattedPattern formatted = format(text, PatternFormat.LEAST_BUDGET);
    assertThat(formatted.text()).startsWith("# 好").contains("n".repeat(100));
    String longer = text.replace("好", "好好");
    assertThat(format(longer, PatternFormat.LEAST_BUDGET).text())
        .isEqualTo("# " + "n".repeat(100) + "\n");
  }

  @Test
  void aRuleOfABundleIsWritten() {
    Tree tree =
        Tree.of(
            "b.yaml",
            Sample.bundle(
                "b", "- {name: x, description: d, rule: {condition: C, action: A, rationale: R}}"));
    Pattern pattern = tree.library().get("x").orElseThrow().pattern();
    assertThat(PatternFormat.format(pattern, 200).text())
        .isEqualTo("# x\n\nd\n\n## Rule\n\n- When: C\n- Do: A\n- Because: R\n");
  }

  @Test
  void aBudgetThatIsTooSmallIsRefused() {
    assertThatThrownBy(() -> format(ROW_COUNT, 199))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("budget must be at least 200 tokens, was 199");
  }

  private static FormattedPattern format(String text, int budget) {
    return PatternFormat.format(pattern(text), budget);
  }

  private static Pattern pattern(String text) {
    return Tree.of("x.yaml", text).library().list().iterator().next().pattern();
  }
}
