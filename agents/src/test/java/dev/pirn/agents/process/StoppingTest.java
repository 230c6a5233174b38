package dev.pirn.agents.process;

import static dev.pirn.agents.process.Ward.GRACE;
import static dev.pirn.agents.process.Ward.NO_GRACE;
import static dev.pirn.agents.process.Ward.alive;
import static dev.pirn.agents.process.Ward.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class StoppingTest {
  private static final Stopped POLITE = new Stopped(false, List.of());
  private static final Stopped KILLED = new Stopped(true, List.of());
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private Ward ward;

  @BeforeEach
  void open() {
    ward = Ward.open(folder);
  }

  @AfterEach
  void close() {
    ward.close();
    assertThat(ward.trouble).isEmpty();
  }

  @Test
  void endsAPoliteProcessWithTerm() throws Exception {
    ChildProcess child =
        ward.sh("trap 'echo bye; exit 0' TERM; echo up $$; while :; do sleep 9 & wait; done");
    ward.printed("up");
    assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
    assertThat(get(child.exit())).isEqualTo(new Exit(0, false));
    assertThat(ward.lines).contains("STDOUT bye");
    assertThat(child.alive()).isFalse();
  }

  @Test
  void anExitByOurSignalIsClean() throws Exception {
    ChildProcess child = ward.run("sleep", "60");
    assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
    Exit exit = get(child.exit());
    assertThat(exit).isEqualTo(new Exit(143, true));
    assertThat(exit.clean()).isTrue();
    assertThat(exit).hasToString("signal TERM, sent by us");
  }

  @Test
  void anExitBySomebodyElsesSignalIsNotClean() throws Exception {
    ChildProcess child = ward.sh("kill -KILL $$");
    Exit exit = get(child.exit());
    assertThat(exit).isEqualTo(new Exit(137, false));
    assertThat(exit.clean()).isFalse();
    assertThat(exit).hasToString("signal KILL");
  }

  @Test
  void killsWhoIgnoresTerm() throws Exception {
    ChildProcess child = ward.sh("trap '' TERM; echo up $$; while :; do sleep 60; done");
    ward.printed("up");
    assertThat(get(child.stop(Duration.ofMillis(100)))).isEqualTo(KILLED);
    assertThat(get(child.exit())).isEqualTo(new Exit(137, true));
  }

  @Test
  void waitsForTheGroupAndNotForTheShell() throws Exception {
    ChildProcess child =
        ward.sh(
            "(trap 'sleep 0.3; echo done; exit' TERM; echo up 1; while :; do sleep 0.1; done) & wait");
    ward.printed("up");
    assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
    assertThat(ward.lines).contains("STDOUT done");
  }

  @Test
  void endsAProcessThatIsStopped() throws Exception {
    ChildProcess child = ward.sh("echo up $$; kill -STOP $$");
    ward.printed("up");
    assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
  }

  @Test
  void findsWhoLeavesTheSession() throws Exception {
    ChildProcess child =
        ward.sh("setsid nohup sh -c 'echo away $$; exec sleep 60' 2>&1 & echo up $$; sleep 60");
    long away = ward.printed("away");
    assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
    assertThat(alive(away)).isFalse();
  }

  @Test
  void findsADaemonThatHasForkedTwice() throws Exception {
    ChildProcess child =
        ward.sh(
            "(setsid sh -c '(echo away $(exec sh -c \"echo \\$PPID\"); exec sleep 60 >/dev/null 2>&1) &') ; sleep 60");
    long away = ward.printed("away");
    assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
    assertThat(alive(away)).isFalse();
  }

  @Test
  void findsWhoClearsTheEnvironmentAndHoldsThePipe() throws Exception {
    ChildProcess child =
        ward.sh("(setsid env -i sh -c 'echo away $$; exec /bin/sleep 60' &) ; sleep 60");
    long away = ward.printed("away");
    assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
    assertThat(alive(away)).isFalse();
  }

  @Test
  void findsWhoIsLeftWhenTheLeaderHasEnded() throws Exception {
    ChildProcess child =
        ward.sh(
            """
            env -i sleep 60 >/dev/null 2>&1 &
            echo near $!
            setsid sleep 60 >/dev/null 2>&1 &
            echo far $!
            """);
    assertThat(get(child.exit())).isEqualTo(new Exit(0, false));
    long near = ward.printed("near");
    long far = ward.printed("far");
    assertThat(alive(near)).isTrue();
    assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
    assertThat(alive(near)).isFalse();
    assertThat(alive(far)).isFalse();
  }

  @Test
  void closingEndsWhatALeaderHasLeft() throws Exception {
    ChildProcess child = ward.sh("sleep 60 >/dev/null 2>&1 & echo left $!");
    get(child.exit());
    long left = ward.printed("left");
    ward.launcher.close();
    assertThat(alive(left)).isFalse();
  }

  @Test
  void aGrandchildThatHoldsThePipeHoldsUpNothing() throws Exception {
    ChildProcess child = ward.sh("sleep 60 & echo up $$");
    assertThat(get(child.exit())).isEqualTo(new Exit(0, false));
    assertThat(ward.lines).hasSize(1);
    assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
    awaitNoReaders(child);
  }

  @Test
  void aGrandchildThatGoesOnPrintingIsReadOn() throws Exception {
    ChildProcess child =
        ward.sh("(until [ -e go ]; do sleep 0.02; done; echo late 1; exec sleep 60) & echo up $$");
    get(child.exit());
    Files.createFile(folder.resolve("go"));
    ward.printed("late");
    get(child.stop(GRACE));
  }

  private static void awaitNoReaders(ChildProcess child) {
    await()
        .atMost(SOON)
        .until(() ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(it -> it.getName().endsWith("-" + child.pid())));
  }

  @Test
  void zombiesOfTheGroupCountAsGone() throws Exception {
    ChildProcess child =
        ward.run(
            "perl",
            "-e",
            """
            $| = 1;
            my $zombie = fork();
            if (!$zombie) { exit 0 }
            select(undef, undef, undef, 0.05);
            print "zombie $zombie\\n";
            sleep 60;
            """);
    long zombie = ward.printed("zombie");
    await().atMost(SOON).until(() -> !alive(zombie));
    assertThat(new ProcTable().entry(zombie)).isNotNull();
    assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
  }

  @Test
  void aProcessWhoseMainThreadHasEndedIsNoZombie() throws Exception {
    ChildProcess child =
        ward.run(
            "python3",
            "-c",
            """
            import ctypes, os, platform, threading, time
            threading.Thread(target=time.sleep, args=(60,)).start()
            print("up", os.getpid(), flush=True)
            ctypes.CDLL(None).syscall(60 if platform.machine() == "x86_64" else 93, 0)
            """);
    long pid = ward.printed("up");
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    await().atMost(SOON).until(() -> Files.readString(stat).contains(") Z "));
    assertThat(alive(pid)).isTrue();
    get(child.stop(Duration.ofMillis(100)));
    assertThat(alive(pid)).isFalse();
  }

  @Test
  void stoppingTwiceAtOnceAndAfterTheExitHasOneOutcome() throws Exception {
    ChildProcess child = ward.sh("trap '' TERM; echo up $$; while :; do sleep 60; done");
    ward.printed("up");
    List<? extends CompletionStage<Stopped>> all =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(_ -> child.stop(Duration.ofMillis(300)))
            .toList();
    for (CompletionStage<Stopped> one : all) {
      assertThat(get(one)).isEqualTo(KILLED);
    }
    assertThat(get(child.stop(GRACE))).isEqualTo(KILLED);
  }

  @Test
  void aShorterGraceShortensTheWait() throws Exception {
    ChildProcess child = ward.sh("trap '' TERM; echo up $$; while :; do sleep 60; done");
    ward.printed("up");
    CompletionStage<Stopped> patient = child.stop(Duration.ofHours(1));
    assertThat(get(child.stop(NO_GRACE))).isEqualTo(KILLED);
    assertThat(get(patient)).isEqualTo(KILLED);
  }

  @Test
  void stoppingAProcessThatHasEndedIsDoneAtOnce() throws Exception {
    ChildProcess child = ward.run("true");
    assertThat(get(child.exit())).isEqualTo(new Exit(0, false));
    assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
    assertThat(child.signal(Signal.HUP)).isFalse();
  }

  @Test
  void aStopThatComesBeforeTheProgramHasBegunLeavesNothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      ChildProcess child = ward.sh("setsid sleep 60 & sleep 60");
      assertThat(get(child.stop(GRACE))).isEqualTo(POLITE);
      assertThat(Ward.marked(ward.launcher.runId())).isEmpty();
    }
  }

  @Test
  void stoppingOneLeavesTheOthersAlone() throws Exception {
    ChildProcess one = ward.run("sleep", "60");
    ChildProcess other = ward.run("sleep", "60");
    get(one.stop(GRACE));
    assertThat(other.alive()).isTrue();
    assertThat(alive(other.pid())).isTrue();
  }

  @Test
  void whoForksWhileBeingKilledIsKilledToo() throws Exception {
    ChildProcess child =
        ward.sh("trap '' TERM; echo up $$; while :; do setsid sleep 60 & sleep 0.005; done");
    ward.printed("up");
    assertThat(get(child.stop(Duration.ofMillis(200)))).isEqualTo(KILLED);
    assertThat(Ward.marked(ward.launcher.runId())).isEmpty();
  }

  @Test
  void aSignalReachesTheProgram() throws Exception {
    ChildProcess child =
        ward.sh("trap 'echo again 1' USR1; echo up $$; while :; do sleep 0.02; done");
    ward.printed("up");
    assertThat(child.signal(Signal.USR1)).isTrue();
    ward.printed("again");
    assertThat(child.alive()).isTrue();
  }
}
