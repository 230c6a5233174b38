package dev.pirn.agents;

import static dev.pirn.agents.AgentEvent.Kind.ACTIVE;
import static dev.pirn.agents.AgentEvent.Kind.CRASHED;
import static dev.pirn.agents.AgentEvent.Kind.REJECTED;
import static dev.pirn.agents.AgentEvent.Kind.STARTING;
import static dev.pirn.agents.AgentEvent.Kind.STOPPED;
import static dev.pirn.agents.AgentEvent.Kind.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents that behave badly: each ends in a clear state, and the one beside it is not disturbed.
class RudeAgentsTest {
  @TempDir private Path temp;
  private Running desk;

  @BeforeEach
  void desk() throws IOException {
    desk = new Running(temp);
    desk.write("agents/good/main.py", Running.python("good"));
  }

  @AfterEach
  void close() {
    assertThat(desk.word("good")).isEqualTo("good");
    assertThat(desk.state("good").restarts()).isZero();
    assertThat(desk.state("good").crashes()).isZero();
    desk.close();
  }

  private void open() {
    desk.open();
    desk.await("good", ACTIVE);
  }

  private static AgentState settled(CompletionStage<AgentState> asked) {
    return asked.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private String rejection(String agent) {
    return Objects.requireNonNull(desk.state(agent).rejection()).reason();
  }

  /// Whether it has ended; that nobody has asked with what is no matter.
  private static boolean gone(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aCommandThatDoesNotExist() {
    desk.write("agents/a/agent.yaml", "command: [no-such-program, x]\n");
    open();
    desk.await("a", REJECTED);
    assertThat(desk.state("a").phase()).isEqualTo(AgentPhase.FAILED);
    assertThat(rejection("a")).startsWith("there is no program \"no-such-program\" on the PATH, ");
    Running.Answer answer = desk.ask("a", "/");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body())
        .contains("the agent \\\"a\\\" does not run: there is no program \\\"no-such-program\\\"");
    desk.write("agents/a/main.py", Running.python("mended"));
    desk.write("agents/a/agent.yaml", "script: main.py\n");
    desk.await("a", ACTIVE);
    assertThat(desk.word("a")).isEqualTo("mended");
  }

  @Test
  void aPortThatIsTaken() throws IOException {
    int port = new Ports().free();
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      desk.write("agents/a/main.py", Running.python("a"));
      desk.write("agents/a/agent.yaml", "port: %d\n".formatted(port));
      open();
      desk.await("a", REJECTED);
      assertThat(desk.state("a").phase()).isEqualTo(AgentPhase.FAILED);
      assertThat(rejection("a")).contains(Integer.toString(port)).contains("in use");
      assertThat(desk.state("a").url()).isNull();
    }
    AgentState after = settled(desk.agents().restart("a"));
    assertThat(after.url()).isEqualTo("http://127.0.0.1:" + port);
    assertThat(desk.word("a")).isEqualTo("a");
  }

  @Test
  void anAgentThatIgnoresItsEnd() {
    String deaf = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)";
    desk.write("agents/a/main.py", Running.python("old", deaf));
    desk.write("agents/a/agent.yaml", "stop_grace: 200ms\n");
    open();
    desk.await("a", ACTIVE);
    long pid = desk.state("a").pid();
    desk.write("agents/a/main.py", Running.python("new", deaf));
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("new");
    desk.await("a", STOPPED);
    assertThat(gone(pid)).isTrue();
    assertThat(settled(desk.agents().stop("a")).phase()).isEqualTo(AgentPhase.STOPPED);
  }

  @Test
  void anAgentThatForksAway() {
    String forks =
        """
        import subprocess
        away = subprocess.Popen(['sleep', '1000'], start_new_session=True)
        print('away', away.pid, flush=True)
        """;
    desk.write("agents/a/main.py", Running.python("a", forks));
    open();
    desk.await("a", ACTIVE);
    LogLine said = desk.awaitLine(line -> line.text().startsWith("away "));
    long away = Long.parseLong(said.text().substring(5));
    assertThat(gone(away)).isFalse();
    settled(desk.agents().stop("a"));
    assertThat(gone(away)).isTrue();
  }

  @Test
  void anAgentThatPrintsWithoutEnd() {
    int megabytes = Integer.getInteger("pirn.megabytes", 32);
    String prints =
        """
        import threading
        def flood():
            line = 'x' * 99 + '\\n'
            for _ in range(%d):
                sys.stdout.write(line * 10_000)
            print('printed all', flush=True)
        threading.Thread(target=flood, daemon=True).start()
        """
            .formatted(megabytes);
    desk.write("agents/a/main.py", Running.python("a", prints));
    open();
    desk.await("a", ACTIVE);
    assertThat(desk.word("a")).isEqualTo("a");
    desk.awaitLine(line -> line.text().equals("printed all"));
    List<LogLine> last = desk.agents().lastLines("a", 10_000);
    assertThat(last).hasSize(1_000);
    assertThat(last.getLast().text()).isEqualTo("printed all");
    Path log = desk.agents().logFile("a");
    assertThat(log).exists();
    assertThat(kept(log)).isLessThan(64L * 1024 * 1024);
  }

  private static long kept(Path log) {
    try (var files = Files.list(Objects.requireNonNull(log.getParent()))) {
      return files.mapToLong(it -> it.toFile().length()).sum();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anAgentThatIsNeverReady() {
    desk.write("agents/a/main.py", Running.python("old"));
    desk.write("agents/a/agent.yaml", "ready: {http: /, timeout: 2s}\n");
    open();
    desk.await("a", ACTIVE);
    desk.write(
        "agents/a/main.py", "import time\nprint('thinking', flush=True)\ntime.sleep(1000)\n");
    AgentEvent rejected = desk.await("a", REJECTED);
    assertThat(rejected.reason())
        .isEqualTo("not ready after 2000 ms: GET / is not answered with 200 to 399");
    assertThat(rejected.lastLines()).containsExactly("thinking");
    assertThat(desk.word("a")).isEqualTo("old");
    assertThat(desk.state("a").phase()).isEqualTo(AgentPhase.ACTIVE);
  }

  @Test
  void anAgentThatListensElsewhereThanItWasTold() {
    String elsewhere = Running.python("a").replace("int(os.environ['PORT'])", "0");
    desk.write("agents/a/main.py", elsewhere);
    desk.write("agents/a/agent.yaml", "ready: {tcp: true, timeout: 1s}\n");
    open();
    desk.await("a", REJECTED);
    assertThat(rejection("a"))
        .isEqualTo("not ready after 1000 ms: nothing listens on the port in PORT");
  }

  @Test
  void anAgentThatDiesAtOnceOpensTheCircuitWhichAnEditCloses() {
    desk.write("agents/a/main.py", "import sys\nprint('no database', flush=True)\nsys.exit(3)\n");
    open();
    String why =
        "it ended again and again; it is tried once more in 60 s, or when you edit or restart it";
    assertThat(desk.await("a", SUSPENDED).reason()).isEqualTo(why);
    assertThat(desk.state("a").phase()).isEqualTo(AgentPhase.FAILED);
    assertThat(desk.events("a", REJECTED)).hasSize(3);
    assertThat(desk.events("a", STARTING))
        .extracting(AgentEvent::reason)
        .containsExactly("start", "crash", "crash");
    assertThat(rejection("a")).isEqualTo("ended before it was ready: exit code 3");
    assertThat(desk.state("a").lastLines()).containsExactly("no database");
    assertThat(desk.ask("a", "/").body()).contains(why);
    desk.write("agents/a/main.py", Running.python("mended"));
    desk.await("a", ACTIVE);
    assertThat(desk.word("a")).isEqualTo("mended");
    assertThat(desk.state("a").rejection()).isNull();
  }

  @Test
  void anAgentThatCrashesLaterIsStartedAgainAndRequestsWaitForIt() {
    String dies =
        "if not os.path.exists('died'):\n    __import__('threading').Timer(0.5, lambda: (open('died', 'w').close(), os._exit(1))).start()";
    desk.write("agents/a/main.py", Running.python("a", dies));
    open();
    desk.await("a", ACTIVE);
    long first = desk.state("a").pid();
    AgentEvent crash = desk.await("a", CRASHED);
    assertThat(crash.reason()).isEqualTo("exit code 1");
    assertThat(desk.word("a")).isEqualTo("a");
    assertThat(desk.state("a").pid()).isNotEqualTo(first);
    assertThat(desk.state("a").crashes()).isEqualTo(1);
    assertThat(gone(first)).isTrue();
  }

  @Test
  void anAgentThatWritesAFileForWhichItIsRestarted() {
    desk.write(
        "agents/a/main.py",
        Running.python("a", "open('own.py', 'w').write(f'# {os.getpid()}\\n')"));
    desk.open(options -> options.mostRestarts(3));
    desk.await("good", ACTIVE);
    AgentEvent suspended = desk.await("a", SUSPENDED);
    Path own = desk.at("agents/a/own.py");
    assertThat(suspended.reason())
        .isEqualTo(
            "restarted too often because of %s; waits until nothing has changed for 5 s"
                .formatted(own));
    assertThat(suspended.files()).contains(own);
    assertThat(desk.state("a").suspendedBy()).isEqualTo(own.toString());
    assertThat(desk.word("a")).isEqualTo("a");
    settled(desk.agents().stop("a"));
  }

  @Test
  void aNewerStopOutranksAnOlderStart() {
    desk.write("agents/a/main.py", Running.python("a", "import time\ntime.sleep(1)"));
    open();
    desk.await("a", STARTING);
    AgentState stopped = settled(desk.agents().stop("a"));
    assertThat(stopped.phase()).isEqualTo(AgentPhase.STOPPED);
    assertThat(stopped.pid()).isZero();
    assertThat(desk.ask("a", "/").status()).isEqualTo(503);
    assertThat(desk.ask("a", "/").body()).contains("the agent \\\"a\\\" is stopped");
    assertThat(settled(desk.agents().start("a")).phase()).isEqualTo(AgentPhase.ACTIVE);
    assertThat(desk.events("a", STARTING)).hasSize(2);
    assertThat(desk.events("a", ACTIVE)).hasSize(1);
  }

  @Test
  void aSecondOneThatFindsItsPortTakenIsAdvisedToBeAlone() throws IOException {
    int port = new Ports().free();
    String alone = "import socket\nlock = socket.create_server(('127.0.0.1', %d))".formatted(port);
    desk.write("agents/a/main.py", Running.python("old", alone));
    open();
    desk.await("a", ACTIVE);
    desk.write("agents/a/main.py", Running.python("new", alone));
    assertThat(desk.await("a", REJECTED).reason())
        .isEqualTo(
            "ended before it was ready: exit code 1; if there can only be one of it, write mode:"
                + " hold in agent.yaml");
    desk.write("agents/a/agent.yaml", "mode: hold\n");
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("new");
  }
}
