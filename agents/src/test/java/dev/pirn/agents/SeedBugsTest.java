package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bugs of the system that this one replaces, by their numbers in the inventory, as far as they
/// are about what an agent is and which change concerns it. Each test would fail on its bug.
class SeedBugsTest {
  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
  }

  private ReloadEnvironment environment() {
    return ReloadEnvironment.of(desk.environment);
  }

  @ParameterizedTest
  @CsvSource({"500, 500", "500ms, 500", "2s, 2000", "0, 0", "1000, 1000", "'', -1"})
  void bug01ADelayIsInMillisecondsUnlessItSaysOtherwise(String value, long millis) {
    desk.environment.put("MCP_MESH_RELOAD_DELAY", value);
    assertThat(environment().delay()).isEqualTo(millis < 0 ? null : Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "MCP_MESH_RELOAD_PRECHECK, maybe",
    "MCP_MESH_ENABLE_HOT_RELOAD, enabled",
    "MCP_MESH_PRESERVE_STATE, 2",
    "MCP_MESH_RELOAD_DELAY, half a second",
    "MCP_MESH_RELOAD_DELAY, 0.5",
    "MCP_MESH_RELOAD_DELAY, 10s",
    "MCP_MESH_RELOAD_STRATEGY, refersh",
    "MCP_MESH_WATCH_EXTENSIONS, '.py;.yaml'",
  })
  void bug01AValueThatIsNotUnderstoodIsToldOfAndNeverTakenForFalse(String name, String value) {
    desk.environment.put(name, value);
    ReloadEnvironment read = environment();
    assertThat(desk.render(read.diagnostics()))
        .startsWith("error[PIRN-A030]: " + name + " must be ")
        .endsWith(
            "found \"%s\"\n  = what holds without it\n  help: mend it where Pirn is started\n"
                .formatted(value));
    assertThat(read)
        .isEqualTo(new ReloadEnvironment(null, null, null, null, null, null, read.diagnostics()));
  }

  @ParameterizedTest
  @CsvSource({"true", "1", "YES", "on", "t", " y "})
  void bug01TrueHasManySpellings(String value) {
    desk.environment.put("MCP_MESH_RELOAD_PRECHECK", value);
    desk.write("agents/a/main.py", "");
    assertThat(environment().precheck()).isTrue();
    desk.environment.put("MCP_MESH_RELOAD_PRECHECK", "off");
    assertThat(desk.agent("a").precheck().enabled()).isFalse();
  }

  @Test
  void theStrategyAndTheStateCanBeChosenByTheEnvironmentAndByTheAgentBeforeIt() {
    desk.environment.put("MCP_MESH_RELOAD_STRATEGY", "refresh");
    desk.environment.put("MCP_MESH_PRESERVE_STATE", "false");
    desk.write("agents/a/main.py", "");
    desk.write("agents/b/agent.yaml", "command: [x]\nmode: hold\npreserve_state: true\n");
    assertThat(desk.agent("a").mode()).isEqualTo(Mode.SIGNAL);
    assertThat(desk.agent("a").preserveState()).isFalse();
    assertThat(desk.agent("b").mode()).isEqualTo(Mode.HOLD);
    assertThat(desk.agent("b").preserveState()).isTrue();
    desk.environment.put("MCP_MESH_RELOAD_STRATEGY", "restart");
    assertThat(desk.agent("a").mode()).isEqualTo(Mode.BLUE_GREEN);
  }

  @Test
  void bug02AFileThatIsGoneConcernsItsAgent() throws IOException {
    desk.write("agents/a/main.py", "");
    Path file = desk.write("agents/a/b/c/tool.py", "x");
    WatchRules rules = desk.rules("a");
    ContentGate gate = new ContentGate();
    assertThat(gate.changed(file)).isTrue();
    Files.delete(file);
    assertThat(gate.changed(file)).isTrue();
    assertThat(rules.verdict(file).effect()).isEqualTo(WatchVerdict.Effect.RESTART);
  }

  @ParameterizedTest
  @CsvSource({"venv", "target", "node_modules", "__pycache__", ".hidden", ".git", "build"})
  void bug03AProjectBelowAFolderWithAnExcludedNameIsWatched(String name) {
    Desk below = new Desk(temp.resolve(name));
    below.write("agents/a/main.py", "");
    below.write("agents/a/venv/x.py", "");
    below.write("agents/j/Agent.java", "");
    below.write("agents/n/index.js", "");
    assertThat(below.verdict("a", "agents/a/x/tool.py"))
        .isEqualTo("restarts: the ending .py (default of python)");
    assertThat(below.verdict("a", "agents/a/venv/x.py"))
        .isEqualTo("ignored: exclude \"venv/\" (default of python)");
    assertThat(below.verdict("j", "agents/j/src/X.java"))
        .isEqualTo("restarts: the ending .java (default of java)");
    assertThat(below.verdict("n", "agents/n/src/x.js"))
        .isEqualTo("restarts: the ending .js (default of node)");
  }

  @Test
  void bug03AnAgentWhoseOwnFolderHasAnExcludedNameIsWatchedWhenItIsNamed() {
    desk.write("agents/venv/main.py", "");
    AgentFinder finder = desk.finder();
    AgentSpec agent = finder.named(List.of(desk.at("agents/venv"))).agents().getFirst();
    List<WatchRules> rules = finder.rules(List.of(agent)).value();
    assertThat(rules).isNotNull();
    assertThat(rules.getFirst().verdict(desk.at("agents/venv/tool.py")).effect())
        .isEqualTo(WatchVerdict.Effect.RESTART);
  }

  @Test
  void bug04TheSameContentRestartsNothingAndCapitalsDoNotCount() {
    Path file = desk.write("agents/a/main.py", "x");
    ContentGate gate = new ContentGate();
    gate.changed(file);
    desk.write("agents/a/main.py", "x");
    assertThat(gate.changed(file)).isFalse();
    assertThat(desk.verdict("a", "agents/a/TOOL.PY"))
        .isEqualTo("restarts: the ending .py (default of python)");
  }

  @Test
  void bug06ABrokenFileThatHasNotChangedIsNotChecked() {
    desk.write("agents/a/main.py", "");
    Path broken = desk.write("agents/a/test_broken.py", "def (");
    CodeCheck check = CodeCheck.of(desk.agent("a"), List.of(desk.at("agents/a/main.py")));
    assertThat(check).isNotNull();
    assertThat(check.command()).doesNotContain(broken.toString());
    assertThat(check.limit()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void bug10APomInAFolderAboveMakesNothingJava() {
    desk.write("pom.xml", "<project/>");
    desk.write("agents/pom.xml", "<project/>");
    desk.write("agents/a/main.py", "");
    assertThat(desk.agent("a").language()).isEqualTo(Language.PYTHON);
  }

  @Test
  void bug10AJarIsRunAsAJar() {
    desk.write("agents/a/a.jar", "");
    assertThat(Desk.commands(desk, desk.find())).isEqualTo("a: java -jar agents/a/a.jar");
    assertThat(desk.verdict("a", "agents/a/a.jar"))
        .isEqualTo("restarts: the program that is run (convention)");
  }

  @Test
  void bug10AnotherWorkingFolderDoesNotMoveWhatIsWatched() throws IOException {
    Files.createDirectories(desk.at("data"));
    desk.write("agents/a/main.py", "");
    desk.write("agents/a/agent.yaml", "working_directory: ../../data\n");
    assertThat(desk.agent("a").workingFolder()).isEqualTo(desk.at("data"));
    assertThat(desk.rules("a").roots()).containsExactly(desk.at("agents/a"));
    assertThat(desk.verdict("a", "agents/a/tool.py"))
        .isEqualTo("restarts: the ending .py (default of python)");
  }

  @Test
  void bug10ThePomAtTheRootIsWatched() {
    desk.write("agents/a/pom.xml", "<project/>");
    desk.write(
        "agents/a/agent.yaml",
        "build: [mvn, -q, -o, package]\ncommand: [java, -jar, target/a.jar]\n");
    assertThat(desk.agent("a").build()).containsExactly("mvn", "-q", "-o", "package");
    assertThat(desk.verdict("a", "agents/a/pom.xml"))
        .isEqualTo("restarts: the ending .xml (default of java)");
    assertThat(desk.verdict("a", "agents/a/src/main/java/A.java"))
        .isEqualTo("restarts: the ending .java (default of java)");
    assertThat(desk.verdict("a", "agents/a/target/classes/x.xml"))
        .isEqualTo("ignored: exclude \"target/\" (default of java)");
  }
}
