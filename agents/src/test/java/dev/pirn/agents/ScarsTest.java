package dev.pirn.agents;

import static dev.pirn.agents.AgentEvent.Kind.ACTIVE;
import static dev.pirn.agents.AgentEvent.Kind.CRASHED;
import static dev.pirn.agents.AgentEvent.Kind.REJECTED;
import static dev.pirn.agents.AgentEvent.Kind.STARTING;
import static dev.pirn.agents.AgentEvent.Kind.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What has gone wrong in the system that this one replaces, as its change log tells, and the bugs
/// 5 to 9 of the inventory. Those that are about files and definitions are in [SeedBugsTest]; about
/// zombies, missing `ps` and who escapes in the tests of `process`; about ports that are not bound
/// in [RudeAgentsTest].
class ScarsTest {
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
  void stoppingOneAgentStopsNoOther() {
    for (String name : List.of("a", "b", "c")) {
      desk.write("agents/" + name + "/main.py", Running.python(name));
    }
    desk.open();
    List.of("a", "b", "c").forEach(name -> desk.await(name, ACTIVE));
    long b = desk.state("b").pid();
    long c = desk.state("c").pid();
    desk.agents().stop("a").toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(List.of(desk.state("b").pid(), desk.state("c").pid())).containsExactly(b, c);
    assertThat(List.of(desk.word("b"), desk.word("c"))).containsExactly("b", "c");
  }

  @Test
  void whatACrashedAgentHasStartedDoesNotHoldItsPort() throws IOException {
    int port = new Ports().free();
    String leaves =
        """
        import socket, subprocess, threading
        lock = socket.create_server(('127.0.0.1', %d))
        if not os.path.exists('died'):
            open('died', 'w').close()
            subprocess.Popen(['sleep', '1000'], pass_fds=[lock.fileno()])
            threading.Timer(0.3, lambda: os._exit(7)).start()
        """
            .formatted(port);
    desk.write("agents/a/main.py", Running.python("a", leaves));
    desk.open();
    assertThat(desk.await("a", CRASHED).reason()).isEqualTo("exit code 7");
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("a");
    assertThat(desk.events("a", REJECTED)).isEmpty();
  }

  @Test
  void aFileThatIsBrokenNeverMakesUsEndAProcessThatIsNotOurs() throws Exception {
    Process other = new ProcessBuilder("sleep", "1000").start();
    try {
      for (String mark : List.of("1", "-1", Long.toString(other.pid()), "\0\0", "x".repeat(500))) {
        desk.write(".pirn/agents/run", mark);
        desk.write("agents/a/main.py", Running.python("a"));
        desk.open();
        desk.agents().close();
        assertThat(other.isAlive()).as(mark).isTrue();
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void anAgentIsRestartedByItsNameWhateverItsFolderIsCalled() {
    desk.write("agents/folder/main.py", Running.python("old"));
    desk.write("agents/folder/agent.yaml", "name: other-name\n");
    desk.open();
    desk.await("other-name", ACTIVE);
    desk.write("agents/folder/main.py", Running.python("new"));
    desk.await("other-name", ACTIVE, 2);
    assertThat(desk.word("other-name")).isEqualTo("new");
  }

  @Test
  void whoCallsAnAgentFindsItWhereItWasAfterItHasMoved() {
    desk.write("agents/a/main.py", Running.python("a"));
    desk.open();
    desk.await("a", ACTIVE);
    String url = desk.state("a").url();
    for (int i = 1; i <= 5; i++) {
      desk.write("agents/a/main.py", Running.python("a" + i));
      desk.await("a", ACTIVE, i + 1);
      assertThat(desk.state("a").url()).isEqualTo(url);
      assertThat(desk.word("a")).isEqualTo("a" + i);
    }
  }

  @Test
  void bug05SteadyWritesDoNotKeepNewCodeFromGoingLive() throws Exception {
    desk.write("agents/a/main.py", Running.python("0"));
    desk.open();
    desk.await("a", ACTIVE);
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 1; !Thread.currentThread().isInterrupted(); i++) {
                desk.write("agents/a/main.py", Running.python(Integer.toString(i)));
              }
            });
    try {
      AgentEvent swap = desk.await("a", STARTING, 2);
      assertThat(swap.reason()).isEqualTo("edit");
    } finally {
      writer.interrupt();
      writer.join();
    }
  }

  @Test
  void bug06ACheckThatDoesNotEndKeepsNothingFromGoingLive() {
    desk.write("agents/a/main.py", Running.python("old"));
    desk.write("agents/a/agent.yaml", "mode: hold\nprecheck: [sleep, '1000']\n");
    desk.open();
    desk.await("a", ACTIVE);
    desk.write("agents/a/main.py", Running.python("new"));
    // The agent answers while its check takes its ten seconds, and other things still happen to it.
    assertThat(desk.word("a")).isEqualTo("old");
    desk.await("a", ACTIVE, 2);
    assertThat(desk.word("a")).isEqualTo("new");
  }

  @Test
  void bug07CodeThatFailsAtItsStartLeavesTheAgentUp() {
    desk.write("agents/a/main.py", Running.python("old"));
    desk.open();
    desk.await("a", ACTIVE);
    for (int i = 1; i <= 3; i++) {
      desk.write("agents/a/main.py", "import sys\nsys.exit(%d)\n".formatted(i));
      assertThat(desk.await("a", REJECTED, i).reason())
          .isEqualTo("ended before it was ready: exit code " + i);
      assertThat(desk.word("a")).isEqualTo("old");
    }
    assertThat(desk.state("a").traffic().failed()).isZero();
  }

  @Test
  void bug08NobodyRemembersTheProcessOfACrashedAgentAndAFailedStartIsTriedAgain()
      throws IOException {
    desk.write("agents/a/main.py", "import os, sys\nopen('starts', 'a').write('x')\nsys.exit(1)\n");
    desk.open();
    desk.await("a", SUSPENDED);
    assertThat(desk.state("a").pid()).isZero();
    assertThat(Files.readString(desk.at("agents/a/starts"))).isEqualTo("xxx");
  }
}
