package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files that are made to do harm.
@Timeout(20)
class LimitsTest {
  private static final int MANY = 1_000_000;

  @Test
  void aThousandMillionLaughsAreRefused() {
    StringBuilder text =
        new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      text.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(9, alias))));
    }
    assertThat(problems(text.toString(), YamlOptions.defaults().maxAliases(1000)))
        .isEqualTo(
            """
            error[PIRN-Y027]: the aliases of the file repeat more than 10000 values
              --> app.yaml:5:10
            5 | a4: &a4 [*a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3]
              |          ^^^
              help: use fewer aliases, or smaller ones
            """);
  }

  @Test
  void fiftyAliasesAreReadAndTheNextIsNot() {
    String text = "a: &a 1\nb: [" + "*a, ".repeat(49) + "*a]\n";
    assertThat(problems(text)).isEmpty();
    assertThat(problems(text + "c: *a\n"))
        .isEqualTo(
            """
            error[PIRN-Y026]: the file has more than 50 aliases
              --> app.yaml:3:4
            3 | c: *a
              |    ^^
              help: write some of them out
            """);
  }

  @Test
  void noAliasIsReadWhereNoneIsAllowed() {
    assertThat(problems("a: &a 1\nb: *a\n", YamlOptions.defaults().maxAliases(0)))
        .startsWith("error[PIRN-Y026]: the file has more than 0 aliases");
  }

  @Test
  void aHundredLevelsAreReadAndTheNextIsNot() {
    assertThat(problems("[".repeat(100) + "]".repeat(100))).isEmpty();
    assertThat(problems("[".repeat(101) + "]".repeat(101)))
        .startsWith(
            """
            error[PIRN-Y028]: lists and mappings are nested more than 100 deep
              --> app.yaml:1:101
            """)
        .endsWith("  help: nest less; perhaps a bracket is not closed\n");
  }

  @Test
  void aScalarIsNoLevel() {
    YamlOptions flat = YamlOptions.defaults().maxDepth(1);
    assertThat(problems("a: 1\n", flat)).isEmpty();
    assertThat(problems("a: []\n", flat)).startsWith("error[PIRN-Y028]");
  }

  @Test
  void aliasesCountAsDeepAsWhatTheyRepeat() {
    StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 50; i++) {
      text.append("a%d: &a%d [[[*a%d]]]\n".formatted(i, i, i - 1));
    }
    assertThat(problems(text.toString()))
        .isEqualTo(
            """
            error[PIRN-Y028]: lists and mappings are nested more than 100 deep
              --> app.yaml:34:14
            34 | a33: &a33 [[[*a32]]]
               |              ^^^^
              help: nest less; perhaps a bracket is not closed
            """);
  }

  @Test
  void deepNestingOfEveryKindIsRefused() {
    String deep = "error[PIRN-Y028]";
    assertThat(problems("[".repeat(MANY))).startsWith(deep);
    assertThat(problems("{".repeat(MANY))).startsWith(deep);
    assertThat(problems("{a: ".repeat(MANY / 2))).startsWith(deep);
    assertThat(problems("[\n".repeat(MANY))).startsWith(deep);
    assertThat(problems("- ".repeat(MANY))).startsWith(deep);
    assertThat(problems("? ".repeat(MANY))).startsWith(deep);
    assertThat(problems("a: {".repeat(MANY / 2))).startsWith(deep);
  }

  @Test
  void theDeepestAllowedNestingIsBoundWithoutTrouble() {
    YamlOptions deep = YamlOptions.defaults().maxDepth(1000);
    String text = "{a: ".repeat(1000) + "1" + "}".repeat(1000);
    assertThat(Yaml.decoder(Object.class, deep).decode(Golden.content(text)).value())
        .isInstanceOf(Map.class);
  }

  @Test
  void longTextsOfEveryKindAreReadInTime() {
    assertThat(problems("a: " + "x".repeat(4 * MANY))).isEmpty();
    assertThat(problems("a: \"" + "\\n".repeat(MANY) + "\"")).isEmpty();
    assertThat(problems("- a\n".repeat(MANY))).isEmpty();
    assertThat(problems("#\n".repeat(MANY) + "a: 1\n")).isEmpty();
    assertThat(problems("\n".repeat(MANY) + "a: 1\n")).isEmpty();
    assertThat(problems("a: [" + "b, ".repeat(MANY) + "]\n")).isEmpty();
    assertThat(problems("-".repeat(MANY))).isEmpty();
    assertThat(problems("a: " + ":a".repeat(MANY))).isEmpty();
  }

  @Test
  void aLongNumberIsRefusedInTime() {
    String digits = "9".repeat(4 * MANY);
    String problem = "error[PIRN-Y034]: this has more than 1000 digits\n  --> app.yaml:1:1\n";
    assertThat(bindingProblems(int.class, digits)).isEqualTo(problem);
    assertThat(bindingProblems(BigDecimal.class, digits)).isEqualTo(problem);
    assertThat(bindingProblems(Object.class, digits))
        .isEqualTo(problem + "  help: put it in quotes if it is text\n");
    assertThat(bindingProblems(int.class, "1" + ",000".repeat(MANY)))
        .startsWith("error[PIRN-Y033]: this must be a whole number");
  }

  @Test
  void manyProblemsAreCountedAndTheFirstAreShown() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append("a: ").append(i).append('\n');
    }
    assertThat(Yaml.parse(Golden.content(text.toString())).diagnostics())
        .hasSize(101)
        .last()
        .satisfies(last ->
            assertThat(Golden.render(List.of(last)))
                .isEqualTo(
                    """
                    error[PIRN-Y099]: 199899 more problems are not shown
                      help: mend those above first
                    """));
  }

  @Test
  void manyProblemsInOneLineAreReportedInTime() {
    String text = "{" + "a: 1, ".repeat(MANY / 2) + "}";
    assertThat(Yaml.parse(Golden.content(text)).diagnostics()).hasSize(101);
  }

  @Test
  void manyUnknownKeysAreReportedInTime() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append("texts").append(i).append(": x\n");
    }
    assertThat(Yaml.decoder(Everything.class).decode(Golden.content(text.toString())).diagnostics())
        .hasSize(101);
  }

  @Test
  void badSyntaxInAHugeLineIsExplainedInTime() {
    for (String start : new String[] {"-", " ", ":", "a", "a: ", "\"", "'", "[", "- ", "&a", "%"}) {
      String text = "a: b\n" + start.repeat(MANY / start.length()) + "\n c: d: e\n}\n";
      assertThat(Yaml.parse(Golden.content(text)).diagnostics()).as(start).isNotEmpty();
    }
  }

  private static String bindingProblems(Class<?> type, String text) {
    return Golden.render(Yaml.decoder(type).decode(Golden.content(text)).diagnostics());
  }

  private static String problems(String text) {
    return problems(text, YamlOptions.defaults());
  }

  private static String problems(String text, YamlOptions options) {
    return Golden.render(Yaml.parse(Golden.content(text), options).diagnostics());
  }
}
