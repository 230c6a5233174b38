package dev.pirn.agents;

import static dev.pirn.agents.AgentEvent.Kind.ACTIVE;
import static dev.pirn.agents.AgentEvent.Kind.DEPENDENCY;
import static dev.pirn.agents.AgentEvent.Kind.REJECTED;
import static dev.pirn.agents.AgentEvent.Kind.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.testkit.Scribe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ways in which the processes of an agent follow one another.
class ModesTest {
  /// Writes down when it begins and when it ends.
  private static final String DIARY =
      """
      import signal
      def write(word):
          with open('diary', 'a') as file:
              file.write(f'{word} {os.getpid()}\\n')
      def end(*_):
          write('end')
          os._exit(0)
      signal.signal(signal.SIGTERM, end)
      write('begin')
      """;

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

  private List<String> diary() throws IOException {
    return Files.readAllLines(desk.at("agents/a/diary")).stream()
        .map(line -> line.split(" ")[0])
        .toList();
  }

  @Test
  void inHoldThereAreNeverTwoAndRequestsWait() throws IOException {
    desk.write("agents/a/main.py", Running.python("0", DIARY));
    desk.write("agents/a/agent.yaml", "mode: hold\n");
    desk.open();
    desk.await("a", ACTIVE);
    for (int i = 1; i <= 5; i++) {
      desk.write("agents/a/main.py", Running.python(Integer.toString(i), DIARY));
      String wanted = Integer.toString(i);
      // Asked all the time, of which some must have waited.
      while (!desk.word("a").equals(wanted)) {
        assertThat(desk.events("a", REJECTED)).isEmpty();
      }
    }
    desk.await("a", ACTIVE, 6);
    assertThat(desk.state("a").traffic().mostHeld()).isPositive();
    assertThat(desk.state("a").traffic().failed()).isZero();
    assertThat(diary())
        .containsExactly(
            "begin", "end", "begin", "end", "begin", "end", "begin", "end", "begin", "end",
            "begin");
  }

  @Test
  void inHoldTheOldOneIsOnlyStoppedForCodeThatPassesItsCheck() throws IOException {
    desk.write("agents/a/main.py", Running.python("old", DIARY));
    desk.write("agents/a/agent.yaml", "singleton: true\n");
    desk.open();
    desk.await("a", ACTIVE);
    desk.write("agents/a/main.py", "def broken(:\n");
    desk.await("a", REJECTED);
    assertThat(desk.word("a")).isEqualTo("old");
    assertThat(diary()).containsExactly("begin");
  }

  @Test
  void inHoldAnEditDuringAStartStillLeavesNeverTwo() throws IOException {
    String slow = DIARY + "import time\ntime.sleep(0.5)\n";
    desk.write("agents/a/main.py", Running.python("old", slow));
    desk.write("agents/a/agent.yaml", "mode: hold\n");
    desk.open();
    desk.await("a", ACTIVE);
    desk.write("agents/a/main.py", Running.python("second", slow));
    desk.await("a", STARTING, 2);
    desk.write("agents/a/main.py", Running.python("third", slow));
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("third");
    List<String> lines = diary();
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i)).as(lines.toString()).isEqualTo(i % 2 == 0 ? "begin" : "end");
    }
  }

  @Test
  void restartRefusesWhileThereIsNone() {
    desk.write("agents/a/main.py", Running.python("old", DIARY));
    desk.write("agents/a/agent.yaml", "mode: restart\n");
    desk.open();
    desk.await("a", ACTIVE);
    String slow = DIARY + "import time\ntime.sleep(0.5)\n";
    desk.write("agents/a/main.py", Running.python("new", slow));
    desk.await("a", STARTING, 2);
    Running.Answer refused = desk.ask("a", "/");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).contains("the agent \\\"a\\\" is being restarted");
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("new");
  }

  @Test
  void bySignalTheProcessStaysAndLoadsItsCodeItself() {
    String loads =
        """
        import signal
        def load(*_):
            global WORD
            WORD = open('word.txt').read().strip()
        signal.signal(signal.SIGUSR1, load)
        load()
        """;
    desk.write("agents/a/main.py", Running.python("=WORD", loads));
    desk.write("agents/a/word.txt", "one");
    desk.write(
        "agents/a/agent.yaml",
        "mode: signal\nsignal: USR1\ndepends_on: [b]\nwatch: {include: ['*.txt', '*.py']}\n");
    desk.write("agents/b/main.py", Running.python("b"));
    desk.open();
    desk.await("a", ACTIVE);
    long pid = desk.state("a").pid();
    assertThat(desk.word("a")).isEqualTo("one");
    desk.write("agents/a/word.txt", "two");
    AgentEvent told = desk.await("a", ACTIVE, 2);
    assertThat(told.reason()).isEqualTo("sent USR1");
    assertThat(told.generation()).isEqualTo(1);
    assertThat(desk.word("a")).isEqualTo("two");
    assertThat(desk.state("a").pid()).isEqualTo(pid);
    // Who is told by signals is told of those that it depends on as well.
    Scribe.of(desk.at("agents/a/word.txt")).inPlace("three");
    desk.await("a", ACTIVE, 3);
    Scribe.of(desk.at("agents/b/main.py")).append("# edited\n");
    desk.await("a", DEPENDENCY);
    assertThat(desk.word("a")).isEqualTo("three");
    desk.write("agents/a/main.py", "def broken(:\n");
    desk.await("a", REJECTED);
    assertThat(desk.state("a").pid()).isEqualTo(pid);
    assertThat(desk.events("a", STARTING)).hasSize(1);
  }

  @Test
  void readyByLineAndByCommand() {
    desk.write(
        "agents/a/main.py",
        Running.python("a", "import time\ntime.sleep(0.3)\nprint('now listening', flush=True)"));
    desk.write("agents/a/agent.yaml", "ready: {log: 'now list.*ing'}\n");
    desk.write("agents/b/main.py", Running.python("b", "open('is-ready', 'w').close()"));
    desk.write("agents/b/agent.yaml", "ready: {command: [test, -e, is-ready]}\n");
    desk.open();
    desk.await("a", ACTIVE);
    desk.await("b", ACTIVE);
    assertThat(List.of(desk.word("a"), desk.word("b"))).containsExactly("a", "b");
    assertThat(desk.state("a").timings().ready()).isGreaterThan(java.time.Duration.ofMillis(250));
  }

  @Test
  void aStreamOfTheOldProcessMayGoOnForAWhileAndIsThenCut() throws Exception {
    String streams =
        """
        def stream(self):
            import time
            self.send_response(200)
            self.send_header('Content-Type', 'text/event-stream')
            self.end_headers()
            print('streaming', flush=True)
            while True:
                self.wfile.write(b'data: x\\n\\n')
                self.wfile.flush()
                time.sleep(0.05)
        Handler.do_GET = stream
        """;
    desk.write("agents/a/main.py", Running.python("old", streams));
    desk.write("agents/a/agent.yaml", "drain: 500ms\n");
    desk.open();
    desk.await("a", ACTIVE);
    CompletableFuture<Long> stream =
        CompletableFuture.supplyAsync(() -> {
          long begin = System.nanoTime();
          try (var in = java.net.URI.create(desk.state("a").url() + "/").toURL().openStream()) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
          } catch (IOException e) {
            // Cut in the middle.
          }
          return (System.nanoTime() - begin) / 1_000_000;
        });
    desk.awaitLine(line -> line.text().equals("streaming"));
    desk.write("agents/a/main.py", Running.python("new"));
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("new");
    assertThat(stream.get(20, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(500);
  }
}
