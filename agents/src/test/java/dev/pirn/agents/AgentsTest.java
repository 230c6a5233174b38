package dev.pirn.agents;

import static dev.pirn.agents.AgentEvent.Kind.ACTIVE;
import static dev.pirn.agents.AgentEvent.Kind.CRASHED;
import static dev.pirn.agents.AgentEvent.Kind.DEPENDENCY;
import static dev.pirn.agents.AgentEvent.Kind.NOTICED;
import static dev.pirn.agents.AgentEvent.Kind.REJECTED;
import static dev.pirn.agents.AgentEvent.Kind.STARTING;
import static dev.pirn.agents.AgentEvent.Kind.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pirn.live.Diagnostic;
import dev.pirn.testkit.Scribe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents that run, and what a change of their files does to them.
class AgentsTest {
  @TempDir private Path temp;
  private Running desk;

  @BeforeEach
  void desk() throws IOException {
    desk = new Running(temp);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void anEditIsServedAtTheSameAddressByAnotherProcess() {
    desk.write("agents/a/main.py", Running.python("old"));
    desk.open();
    desk.await("a", ACTIVE);
    String url = desk.state("a").url();
    String before = desk.ask("a", "/").body();
    assertThat(before).startsWith("old ");
    desk.write("agents/a/main.py", Running.python("new"));
    AgentEvent swap = desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("new");
    AgentState state = desk.state("a");
    assertThat(state.url()).isEqualTo(url);
    assertThat(state.restarts()).isEqualTo(1);
    assertThat(before).isNotEqualTo("old " + state.pid());
    assertThat(swap.files()).containsExactly(desk.at("agents/a/main.py"));
    assertThat(swap.timings().start()).isPositive();
    assertThat(swap.timings().ready()).isPositive();
    assertThat(swap.timings().swap()).isPositive();
    AgentEvent gone = desk.await("a", STOPPED);
    assertThat(gone.generation()).isEqualTo(1);
    assertThat(gone.timings().drain()).isPositive();
    assertThat(desk.state("a").timings().drain()).isPositive();
  }

  @Test
  void whatAnAgentKeepsOutlivesItsProcesses() {
    AgentTemplate.PYTHON.write(Objects.requireNonNull(desk.at("agents")), "counting");
    desk.open();
    desk.await("counting", ACTIVE);
    assertThat(desk.post("counting", "/call/counter", "{}").body()).isEqualTo("{\"result\": 1}");
    Path main = desk.at("agents/counting/main.py");
    Scribe.of(main).append("\n# edited\n");
    desk.await("counting", ACTIVE, 2);
    assertThat(desk.post("counting", "/call/counter", "{}").body()).isEqualTo("{\"result\": 2}");
    desk.agents().close();
    desk.open();
    desk.await("counting", ACTIVE, 3);
    assertThat(desk.post("counting", "/call/counter", "{}").body()).isEqualTo("{\"result\": 3}");
  }

  @Test
  void whoDoesNotWantToKeepItBeginsAnewWithTheSupervisorAndNotWithAnEdit() {
    AgentTemplate.PYTHON.write(Objects.requireNonNull(desk.at("agents")), "counting");
    Scribe.of(desk.at("agents/counting/agent.yaml")).append("preserve_state: false\n");
    desk.open();
    desk.await("counting", ACTIVE);
    assertThat(desk.post("counting", "/call/counter", "{}").body()).isEqualTo("{\"result\": 1}");
    Scribe.of(desk.at("agents/counting/main.py")).append("\n# edited\n");
    desk.await("counting", ACTIVE, 2);
    assertThat(desk.post("counting", "/call/counter", "{}").body()).isEqualTo("{\"result\": 2}");
    desk.agents().close();
    desk.open();
    desk.await("counting", ACTIVE, 3);
    assertThat(desk.post("counting", "/call/counter", "{}").body()).isEqualTo("{\"result\": 1}");
  }

  @Test
  void codeWithAMistakeIsRejectedAndTheOldCodeAnswersUntilItIsMended() {
    desk.write("agents/a/main.py", Running.python("old"));
    desk.open();
    desk.await("a", ACTIVE);
    long pid = desk.state("a").pid();
    desk.write("agents/a/main.py", Running.python("new").replace("import http", "imprt http"));
    AgentEvent rejected = desk.await("a", REJECTED);
    assertThat(rejected.reason()).isEqualTo("the code has mistakes");
    Diagnostic what = rejected.diagnostics().getFirst();
    assertThat(Objects.requireNonNull(what.place()).file()).isEqualTo(desk.at("agents/a/main.py"));
    assertThat(Objects.requireNonNull(what.place()).line()).isEqualTo(1);
    assertThat(what.message()).contains("invalid syntax");
    assertThat(desk.word("a")).isEqualTo("old");
    AgentState state = desk.state("a");
    assertThat(state.phase()).isEqualTo(AgentPhase.ACTIVE);
    assertThat(state.pid()).isEqualTo(pid);
    assertThat(Objects.requireNonNull(state.rejection()).diagnostics()).containsExactly(what);
    desk.write("agents/a/main.py", Running.python("mended"));
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("mended");
    assertThat(desk.state("a").rejection()).isNull();
  }

  @Test
  void codeThatCrashesAtItsStartIsRejectedWithItsLastLines() {
    desk.write("agents/a/main.py", Running.python("old"));
    desk.open();
    desk.await("a", ACTIVE);
    desk.write("agents/a/main.py", Running.python("new", "raise KeyError('no such thing')"));
    AgentEvent rejected = desk.await("a", REJECTED);
    assertThat(rejected.reason()).isEqualTo("ended before it was ready: exit code 1");
    assertThat(rejected.lastLines()).last().isEqualTo("KeyError: 'no such thing'");
    assertThat(desk.state("a").lastLines()).isEqualTo(rejected.lastLines());
    assertThat(desk.word("a")).isEqualTo("old");
    assertThat(desk.events("a", CRASHED)).isEmpty();
    desk.write("agents/a/main.py", Running.python("mended"));
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("mended");
  }

  @Test
  void theSameContentRestartsNothing() {
    Path main = desk.write("agents/a/main.py", Running.python("same"));
    desk.write("agents/a/other.py", "x = 1\n");
    desk.open();
    desk.await("a", ACTIVE);
    // What was saved just now counts as changed once, as nobody knows what the process has read.
    desk.write("agents/a/main.py", Running.python("next"));
    desk.await("a", ACTIVE, 2);
    Scribe.of(main).again();
    Scribe.of(main).touch();
    Scribe.of(main).viaRename(Running.python("next"));
    desk.write("agents/a/other.py", "x = 2\n");
    AgentEvent swap = desk.await("a", ACTIVE, 3);
    assertThat(swap.files()).containsExactly(desk.at("agents/a/other.py"));
    assertThat(desk.events("a", STARTING)).hasSize(3);
  }

  @Test
  void anEditRestartsItsAgentOnlyAndASharedFileEachOfItsUsersOnce() {
    String uses = "sys.path.insert(0, os.path.join(os.getcwd(), '../../lib'))\nimport shared";
    for (String name : List.of("a", "b", "c")) {
      desk.write("agents/" + name + "/main.py", Running.python("=shared.WORD", uses));
    }
    desk.write("agents/c/main.py", Running.python("alone"));
    desk.write("lib/shared.py", "WORD = 'one'\n");
    String watch = "watch:\n  include: ['**/*.py', '../../lib/**']\n";
    desk.write("agents/a/agent.yaml", watch);
    desk.write("agents/b/agent.yaml", watch);
    desk.open();
    List.of("a", "b", "c").forEach(name -> desk.await(name, ACTIVE));
    desk.write("lib/shared.py", "WORD = 'two'\n");
    AgentEvent a = desk.await("a", ACTIVE, 2);
    desk.await("b", ACTIVE, 2);
    assertThat(a.files()).containsExactly(desk.at("lib/shared.py"));
    assertThat(List.of(desk.word("a"), desk.word("b"), desk.word("c")))
        .containsExactly("two", "two", "alone");
    desk.write("agents/c/main.py", Running.python("changed"));
    desk.await("c", ACTIVE, 2);
    assertThat(desk.word("c")).isEqualTo("changed");
    desk.write("agents/a/main.py", Running.python("own"));
    desk.await("a", ACTIVE, 3);
    for (Map.Entry<String, Integer> it : Map.of("a", 3, "b", 2, "c", 2).entrySet()) {
      assertThat(desk.events(it.getKey(), STARTING)).as(it.getKey()).hasSize(it.getValue());
    }
  }

  @Test
  void aFileThatIsOnlyToBeLoggedIsToldAndRestartsNothing() {
    desk.write("agents/a/main.py", Running.python("one"));
    desk.write("agents/a/.meshwatch", "include: ['*.py', '*.json']\nlog_only: ['*.json']\n");
    desk.open();
    desk.await("a", ACTIVE);
    desk.write("agents/a/data.json", "{}");
    assertThat(desk.await("a", NOTICED).files()).containsExactly(desk.at("agents/a/data.json"));
    assertThat(desk.events("a", STARTING)).hasSize(1);
  }

  @Test
  void aModuleThatIsDeletedIsAChange() throws IOException {
    desk.write(
        "agents/a/main.py",
        Running.python(
            "=WORD",
            """
            try:
                from extra import WORD
            except ImportError:
                WORD = 'without'
            """));
    desk.write("agents/a/extra.py", "WORD = 'with'\n");
    desk.open();
    desk.await("a", ACTIVE);
    assertThat(desk.word("a")).isEqualTo("with");
    Files.delete(desk.at("agents/a/extra.py"));
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("without");
  }

  @Test
  void filesOfANewFolderAreSeenAtOnceAndLater() {
    desk.write(
        "agents/a/main.py",
        Running.python(
            "=WORD",
            """
            try:
                from x.y.z import WORD
            except ImportError:
                WORD = 'none'
            """));
    desk.open();
    desk.await("a", ACTIVE);
    desk.write("agents/a/x/y/z.py", "WORD = 'first'\n");
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("first");
    desk.write("agents/a/x/y/z.py", "WORD = 'second'\n");
    desk.await("a", ACTIVE, 3);
    assertThat(desk.word("a")).isEqualTo("second");
  }

  @Test
  void switchingABranchIsOneRestart() throws Exception {
    desk.write("agents/a/main.py", Running.python("=many.word()", "import many"));
    desk.write("agents/a/many.py", "def word(): return 'main'\n");
    for (int i = 0; i < 200; i++) {
      desk.write("agents/a/part%d.py".formatted(i), "x = 'main'\n");
    }
    desk.program("git", "init", "-q", "-b", "main");
    desk.program("git", "config", "user.email", "somebody@example.org");
    desk.program("git", "config", "user.name", "Somebody");
    desk.program("git", "add", "-A");
    desk.program("git", "commit", "-qm", "main");
    desk.program("git", "checkout", "-qb", "other");
    desk.write("agents/a/many.py", "def word(): return 'other'\n");
    for (int i = 0; i < 200; i++) {
      desk.write("agents/a/part%d.py".formatted(i), "x = 'other'\n");
    }
    desk.program("git", "commit", "-qam", "other");
    desk.open();
    desk.await("a", ACTIVE);
    desk.program("git", "checkout", "-q", "main");
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("main");
    desk.program("git", "checkout", "-q", "other");
    desk.await("a", ACTIVE, 3);
    assertThat(desk.word("a")).isEqualTo("other");
    assertThat(desk.events("a", STARTING)).hasSize(3);
  }

  @Test
  void whileGitIsAtWorkNothingIsRestarted() throws Exception {
    desk.write("agents/a/main.py", Running.python("one"));
    desk.program("git", "init", "-q");
    desk.program("git", "add", "-A");
    desk.open();
    desk.await("a", ACTIVE);
    Path lock = desk.write(".git/index.lock", "");
    desk.write("agents/a/main.py", Running.python("half"));
    desk.write("agents/b.py", Running.python("b"));
    desk.await("b", ACTIVE);
    assertThat(desk.word("a")).isEqualTo("one");
    desk.write("agents/a/main.py", Running.python("whole"));
    Files.move(lock, desk.at(".git/index"), StandardCopyOption.REPLACE_EXISTING);
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("whole");
    assertThat(desk.events("a", STARTING)).hasSize(2);
  }

  @Test
  void definitionsComeChangeAndGo() throws IOException {
    desk.open();
    assertThat(desk.agents().list()).isEmpty();
    desk.write("agents/a/main.py", Running.python("=os.environ.get('WORD', 'none')"));
    desk.await("a", ACTIVE);
    assertThat(desk.word("a")).isEqualTo("none");
    desk.write("agents/a/agent.yaml", "environment: {WORD: said}\n");
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("said");
    desk.write("agents/a/agent.yaml", "# a word\nenvironment: {WORD: said}\n");
    desk.write("agents/b/main.py", Running.python("b"));
    desk.await("b", ACTIVE);
    long pid = desk.state("a").pid();
    Scribe.of(desk.at("agents/a/agent.yaml")).delete();
    Scribe.of(desk.at("agents/a/main.py")).delete();
    Files.delete(desk.at("agents/a"));
    desk.await(
        () -> desk.events("a", STOPPED).stream().anyMatch(it -> it.generation() == 2),
        () -> "the end of a, got " + desk.events("a"));
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(desk.events("a", STARTING)).extracting(AgentEvent::generation).contains(1L, 2L);
    assertThat(desk.agents().get("a")).isEmpty();
    assertThatThrownBy(() -> desk.agents().restart("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no agent \"a\"");
    assertThat(desk.agents().notFound("bb").message()).isEqualTo("agent not found: bb");
  }

  @Test
  void aBrokenDefinitionLeavesWhatRunsAndTheOthersAlone() {
    desk.write("agents/a/main.py", Running.python("a"));
    desk.write("agents/b/main.py", Running.python("b"));
    desk.open();
    desk.await("a", ACTIVE);
    desk.await("b", ACTIVE);
    desk.write("agents/a/agent.yaml", "mode: gren\nport: many\n");
    AgentEvent rejected = desk.await("a", REJECTED);
    assertThat(rejected.reason()).isEqualTo("what it is cannot be understood");
    assertThat(rejected.diagnostics()).hasSize(2);
    assertThat(desk.agents().diagnostics()).containsAll(rejected.diagnostics());
    desk.write("agents/b/main.py", Running.python("b2"));
    desk.await("b", ACTIVE, 2);
    assertThat(List.of(desk.word("a"), desk.word("b"))).containsExactly("a", "b2");
    desk.write("agents/a/agent.yaml", "environment: {X: y}\n");
    desk.await("a", ACTIVE, 2);
    assertThat(desk.agents().diagnostics()).isEmpty();
  }

  @Test
  void whoDependsOnAnotherStartsAfterItAndIsToldInOrderOfItsSwaps() {
    String yaml = "depends_on: [%s]\n";
    desk.write("agents/a/main.py", Running.python("=os.environ['PIRN_AGENT_URL_B_C']"));
    desk.write("agents/a/agent.yaml", yaml.formatted("b-c"));
    desk.write("agents/b-c/main.py", Running.python("b"));
    desk.write("agents/b-c/agent.yaml", yaml.formatted("z"));
    desk.write("agents/z/main.py", Running.python("z"));
    desk.open();
    desk.await("a", ACTIVE);
    assertThat(desk.events(null, STARTING))
        .extracting(AgentEvent::agent)
        .containsExactly("z", "b-c", "a");
    assertThat(desk.word("a")).isEqualTo(desk.state("b-c").url());
    assertThat(desk.events(null, DEPENDENCY)).isEmpty();
    desk.write("agents/z/main.py", Running.python("z2"));
    desk.await("a", DEPENDENCY);
    List<AgentEvent> told = desk.events(null, DEPENDENCY);
    assertThat(told).extracting(AgentEvent::agent).containsExactlyInAnyOrder("b-c", "a");
    assertThat(told).extracting(AgentEvent::reason).containsOnly("z is at generation 2");
    assertThat(desk.events("a", STARTING)).hasSize(1);
    assertThat(desk.events("b-c", STARTING)).hasSize(1);
  }

  @Test
  void settingsAndEnvFilesRestartThoseThatTakeThem() {
    Map<String, String> settings = new ConcurrentHashMap<>(Map.of("KEY", "one", "OTHER", "x"));
    String says =
        "=os.environ.get('KEY', '-') + os.environ.get('OTHER', '-') + os.environ.get('E', '-')";
    desk.write("agents/a/main.py", Running.python(says));
    desk.write("agents/a/agent.yaml", "settings: [KEY]\n");
    desk.write("agents/b/main.py", Running.python(says));
    desk.write("agents/b/agent.yaml", "env_files: [../../b.env]\n");
    desk.open(options -> options.settings(() -> settings));
    desk.await("a", ACTIVE);
    desk.await("b", ACTIVE);
    assertThat(List.of(desk.word("a"), desk.word("b"))).containsExactly("one--", "---");
    settings.put("KEY", "two");
    settings.put("OTHER", "y");
    desk.agents().settingsChanged(List.of("KEY", "OTHER"));
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("two--");
    desk.write("b.env", "E=three\n");
    assertThat(desk.await("b", ACTIVE, 2).files()).containsExactly(desk.at("b.env"));
    assertThat(desk.word("b")).isEqualTo("--three");
    desk.write("b.env", "E=four\n");
    desk.await("b", ACTIVE, 3);
    assertThat(desk.word("b")).isEqualTo("--four");
    assertThat(desk.events("a", STARTING)).hasSize(2);
  }

  @Test
  void whatCannotEvenBeTriedIsToldToo() {
    Map<String, String> settings = new ConcurrentHashMap<>();
    desk.write("agents/a/main.py", Running.python("a"));
    desk.open(options ->
        options.settings(() -> {
          if (settings.isEmpty()) {
            throw new IllegalStateException("no settings");
          }
          return settings;
        }));
    assertThat(desk.await("a", REJECTED).reason())
        .isEqualTo("it cannot be started: java.lang.IllegalStateException: no settings");
    assertThat(desk.state("a").phase()).isEqualTo(AgentPhase.FAILED);
    settings.put("X", "y");
    var _ = desk.agents().restart("a");
    desk.await("a", ACTIVE);
    assertThat(desk.word("a")).isEqualTo("a");
  }

  @Test
  void addressesAreKeptFromOneRunToTheNext() {
    desk.write("agents/a/main.py", Running.python("a"));
    desk.open();
    desk.await("a", ACTIVE);
    String url = desk.state("a").url();
    desk.agents().close();
    desk.open();
    desk.await("a", ACTIVE, 2);
    assertThat(desk.state("a").url()).isEqualTo(url);
  }

  @Test
  void agentsThatAreNamedAreRunBesideThoseOfTheFolders() {
    desk.write("agents/a/main.py", Running.python("a"));
    desk.write("else/b.py", Running.python("b"));
    desk.open();
    desk.await("a", ACTIVE);
    assertThat(desk.agents().add(List.of(Path.of("else/b.py")))).isEmpty();
    desk.await("b", ACTIVE);
    assertThat(desk.word("b")).isEqualTo("b");
    List<Diagnostic> said = desk.agents().add(List.of(Path.of("else/nothing.py")));
    assertThat(said)
        .singleElement()
        .extracting(Diagnostic::message)
        .isEqualTo("there is nothing here");
  }

  @Test
  void withoutReloadingFilesAreNotFollowed() {
    desk.write("agents/a/main.py", Running.python("a"));
    desk.open(options -> options.reload(false));
    desk.await("a", ACTIVE);
    desk.write("agents/a/main.py", Running.python("b"));
    desk.agents()
        .restart("a")
        .toCompletableFuture()
        .orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
        .join();
    assertThat(desk.word("a")).isEqualTo("b");
    assertThat(desk.events("a", STARTING))
        .extracting(AgentEvent::reason)
        .containsExactly("start", "asked");
    assertThat(Duration.ofNanos(desk.state("a").timings().detect().toNanos())).isZero();
  }
}
