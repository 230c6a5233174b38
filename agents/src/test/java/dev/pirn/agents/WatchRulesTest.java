package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchRulesTest {
  private static final String SEED =
      """
      include:
        - "agents/**/*.py"
        - "lib/**/*.py"
        - "config/**/*.yaml"
      exclude:
        - "**/__pycache__/**"
        - "**/*.pyc"
        - "**/test_*.py"
        - "**/.pytest_cache/**"
      # only logged
      log_only:
        - "**/*.md"
        - "**/*.txt"
      reload_delay: 500
      """;

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
    desk.write("agents/greeter/main.py", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          agents/greeter/main.py             | restarts: the program that is run (convention)
          agents/greeter/a/b/tools.py        | restarts: the ending .py (default of python)
          agents/greeter/tools.PY            | restarts: the ending .py (default of python)
          agents/greeter/page.j2             | restarts: the ending .j2 (default of python)
          agents/greeter/README.md           | not watched: the ending .md is not watched (default of python)
          agents/greeter/Makefile            | not watched: a name without an ending (default of python)
          agents/greeter/venv/x.py           | ignored: exclude "venv/" (default of python)
          agents/greeter/a/__pycache__/x.py  | ignored: exclude "__pycache__/" (default of python)
          agents/greeter/x.egg-info/a.yaml   | ignored: exclude "*.egg-info/" (default of python)
          agents/greeter/.git/x.py           | ignored: ".git" is hidden (convention)
          agents/greeter/.hidden.py          | ignored: ".hidden.py" is hidden (convention)
          agents/greeter/main.py~            | ignored: "main.py~" is an editor's temporary file (convention)
          agents/greeter/x.tmp               | ignored: "x.tmp" is an editor's temporary file (convention)
          agents/greeter/agent.yaml          | read anew: says how the agent is run (convention)
          agents/.meshwatch                  | read anew: says how the agent is run (convention)
          agents/greeter/a/.meshwatch        | ignored: ".meshwatch" is hidden (convention)
          agents/other/main.py               | not watched: lies outside of the agent's folder (default of python)
          lib/shared.py                      | not watched: lies outside of the agent's folder (default of python)
          """)
  void byDefaultTheEndingsOfTheLanguageCount(String file, String verdict) {
    assertThat(desk.verdict("greeter", file)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          agents/greeter/main.py       | restarts: the program that is run (convention)
          agents/greeter/tools.py      | restarts: include "agents/**/*.py" (.meshwatch:2)
          agents/greeter/test_tools.py | ignored: exclude "**/test_*.py" (.meshwatch:8)
          agents/greeter/notes.md      | log only: log_only "**/*.md" (.meshwatch:12)
          agents/greeter/page.j2       | not watched: no include matches (.meshwatch)
          agents/other/main.py         | not watched: belongs to the agent "other" (convention)
          agents/common.txt            | log only: log_only "**/*.txt" (.meshwatch:13)
          lib/a/shared.py              | restarts: include "lib/**/*.py" (.meshwatch:3)
          lib/node_modules/x.py        | ignored: exclude "node_modules/" (default of python)
          config/app.yaml              | restarts: include "config/**/*.yaml" (.meshwatch:4)
          docs/x.py                    | not watched: lies outside of the agent's folder (default of python)
          .meshwatch                   | read anew: says how the agent is run (convention)
          """)
  void theFileOfTheIssueSaysWhatItSays(String file, String verdict) {
    desk.write("agents/other/main.py", "");
    desk.write(".meshwatch", SEED);
    Decoded<List<WatchRules>> rules = desk.finder().rules(desk.find().agents());
    assertThat(desk.render(rules.diagnostics()))
        .isEqualTo(
            """
            info[PIRN-Y037]: "reload_delay" has no unit, and is taken as 500ms
              --> .meshwatch:14:15
            14 | reload_delay: 500
               |               ^^^
              help: write the unit: ms, s, m, h or d
            """);
    WatchRules greeter = Objects.requireNonNull(rules.value()).getFirst();
    assertThat(greeter.verdict(desk.at(file))).hasToString(verdict);
    assertThat(greeter.delay()).isEqualTo(Duration.ofMillis(500));
    assertThat(greeter.roots())
        .containsExactly(desk.at("agents"), desk.at("lib"), desk.at("config"));
  }

  @Test
  void theNearestMeshwatchCountsAndPatternsAreRelativeToIt() {
    desk.write(".meshwatch", "include: ['**/*.py']\n");
    desk.write("agents/greeter/.meshwatch", "include: [/src/]\n");
    assertThat(desk.verdict("greeter", "agents/greeter/src/a/x.bin"))
        .isEqualTo("restarts: include \"/src/\" (agents/greeter/.meshwatch:1)");
    assertThat(desk.verdict("greeter", "agents/greeter/a/src/x.py"))
        .isEqualTo("not watched: no include matches (.meshwatch)");
    assertThat(desk.rules("greeter").roots()).containsExactly(desk.at("agents/greeter"));
  }

  @Test
  void whatIsSaidMoreCloselyCountsMore() {
    desk.environment.put("MCP_MESH_RELOAD_DELAY", "1s");
    desk.environment.put("MCP_MESH_WATCH_EXTENSIONS", ".Py, *.Toml ,json");
    assertThat(desk.verdict("greeter", "agents/greeter/a.TOML"))
        .isEqualTo("restarts: the ending .toml (MCP_MESH_WATCH_EXTENSIONS)");
    assertThat(desk.verdict("greeter", "agents/greeter/a.yaml"))
        .isEqualTo("not watched: the ending .yaml is not watched (MCP_MESH_WATCH_EXTENSIONS)");
    assertThat(desk.rules("greeter").delay()).isEqualTo(Duration.ofSeconds(1));

    desk.write(".meshwatch", "include: ['*.cfg']\nexclude: [old.cfg]\nreload_delay: 100ms\n");
    assertThat(desk.verdict("greeter", "agents/greeter/a.cfg"))
        .isEqualTo("restarts: include \"*.cfg\" (.meshwatch:1)");
    assertThat(desk.rules("greeter").delay()).isEqualTo(Duration.ofMillis(100));

    desk.write(
        "agents/greeter/agent.yaml",
        "watch:\n  include: ['*.cfg', '*.ini']\n  exclude: ['!old.cfg']\n  reload_delay: 50ms\n");
    assertThat(desk.verdict("greeter", "agents/greeter/a.ini"))
        .isEqualTo("restarts: include \"*.ini\" (agents/greeter/agent.yaml:2)");
    assertThat(desk.verdict("greeter", "agents/greeter/old.cfg"))
        .isEqualTo("restarts: include \"*.cfg\" (agents/greeter/agent.yaml:2)");
    assertThat(desk.verdict("greeter", "agents/greeter/agent.yaml"))
        .isEqualTo("read anew: says how the agent is run (convention)");
    assertThat(desk.rules("greeter").delay()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void aDefaultExcludeCanBeTakenBack() {
    desk.write(".meshwatch", "exclude: ['!venv/', 'venv/lib/']\n");
    assertThat(desk.verdict("greeter", "agents/greeter/venv/x.py"))
        .isEqualTo("restarts: the ending .py (default of python)");
    assertThat(desk.verdict("greeter", "agents/greeter/venv/lib/x.py"))
        .isEqualTo("restarts: the ending .py (default of python)");
    assertThat(desk.rules("greeter").spec().enters("venv")).isTrue();
  }

  @Test
  void anIncludeOfItsOwnMayNameAnotherAgentsFile() {
    desk.write("agents/other/main.py", "");
    desk.write("agents/greeter/agent.yaml", "watch:\n  include: ['*.py', ../other/schema.json]\n");
    assertThat(desk.verdict("greeter", "agents/other/schema.json"))
        .isEqualTo("restarts: include \"../other/schema.json\" (agents/greeter/agent.yaml:2)");
    assertThat(desk.verdict("greeter", "agents/other/main.py"))
        .isEqualTo("not watched: belongs to the agent \"other\" (convention)");
    assertThat(desk.rules("greeter").roots())
        .containsExactly(desk.at("agents/greeter"), desk.at("agents/other"));
  }

  @Test
  void aSingleFileIsConcernedByItselfOnly() {
    desk.write("agents/one.py", "");
    desk.write("agents/two.py", "");
    assertThat(desk.verdict("one", "agents/one.py"))
        .isEqualTo("restarts: the program that is run (convention)");
    assertThat(desk.verdict("one", "agents/two.py"))
        .isEqualTo("not watched: belongs to the agent \"two\" (convention)");
    assertThat(desk.verdict("one", "agents/common.json"))
        .isEqualTo("not watched: not the agent's own file (default of python)");
    assertThat(desk.rules("one").roots()).containsExactly(desk.at("agents"));
  }

  @Test
  void reloadingCanBeSwitchedOff() {
    desk.environment.put("MCP_MESH_ENABLE_HOT_RELOAD", "no");
    assertThat(desk.verdict("greeter", "agents/greeter/main.py"))
        .isEqualTo("ignored: hot reload is switched off (MCP_MESH_ENABLE_HOT_RELOAD)");
    desk.write("agents/greeter/agent.yaml", "watch: {enabled: true}\n");
    assertThat(desk.rules("greeter").enabled()).isTrue();
  }

  @Test
  void aBrokenMeshwatchIsToldAndTheDefaultsHold() {
    desk.write(".meshwatch", "inclde: ['*.cfg']\n");
    Decoded<List<WatchRules>> rules = desk.finder().rules(desk.find().agents());
    assertThat(desk.render(rules.diagnostics()))
        .startsWith("error[PIRN-Y030]: unknown key \"inclde\"\n  --> .meshwatch:1:1\n")
        .contains("did you mean \"include\"?");
    assertThat(
            Objects.requireNonNull(rules.value())
                .getFirst()
                .verdict(desk.at("agents/greeter/a.py"))
                .effect())
        .isEqualTo(WatchVerdict.Effect.RESTART);
  }

  @Test
  void whatIsWatchedLeavesOutWhatIsExcludedAnyway() {
    WatchRules rules = desk.rules("greeter");
    assertThat(rules.spec().roots()).containsExactly(desk.at("agents/greeter"));
    assertThat(rules.spec().enters("node_modules")).isFalse();
    assertThat(rules.spec().enters("a/venv")).isFalse();
    assertThat(rules.spec().enters("src")).isTrue();
    assertThat(rules.spec().debounce()).isEqualTo(WatchRules.DEFAULT_DELAY);
  }

  @Test
  void theExplanationNamesEachAgent() throws IOException {
    desk.write("agents/other/index.js", "");
    Files.createSymbolicLink(desk.at("link"), desk.at("agents"));
    List<WatchRules> rules =
        Objects.requireNonNull(desk.finder().rules(desk.find().agents()).value());
    assertThat(Explanation.of(desk.at("link/other/lib/x.js"), rules).text(desk.root))
        .isEqualTo(
            """
            agents/other/lib/x.js
              greeter  not watched: lies outside of the agent's folder (default of python)
              other    restarts: the ending .js (default of node)
            """);
    assertThat(Explanation.of(desk.at("a"), List.of()).text(desk.root))
        .isEqualTo("a\n  there are no agents\n");
  }
}
