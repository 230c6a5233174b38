package dev.pirn.agents.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class GuardianTest {
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final List<String> CALLS = List.of("--enable-native-access=ALL-UNNAMED");

  @TempDir Path folder;

  @Test
  void endsEverythingWhenTheSupervisorIsKilled() throws Exception {
    Process supervisor =
        Supervisor.start(
            CALLS,
            "trap '' TERM INT HUP; echo up; while :; do sleep 60; done",
            "setsid nohup sh -c 'echo up; sleep 60' 2>&1 & sleep 60",
            "(setsid sh -c 'sleep 60 & echo up; wait' &)",
            "env -i /bin/sleep 60 & echo up; wait");
    String runId = Supervisor.line(supervisor);
    for (int i = 0; i < 4; i++) {
      assertThat(Supervisor.line(supervisor)).isEqualTo("up");
    }
    List<Long> marked = Ward.marked(runId);
    assertThat(marked).hasSizeGreaterThanOrEqualTo(7);
    List<Long> cleared =
        new ProcTable()
            .entries().stream()
                .filter(it -> marked.contains(it.session()))
                .map(ProcessEntry::pid)
                .toList();

    supervisor.destroyForcibly().waitFor();

    await()
        .atMost(A_SECOND)
        .until(() -> Ward.marked(runId).isEmpty() && cleared.stream().noneMatch(Ward::alive));
    await().atMost(SOON).until(() -> guardians(runId).isEmpty());
  }

  private static List<Long> guardians(String runId) {
    return ProcessHandle.allProcesses()
        .filter(it -> List.of(it.info().arguments().orElse(new String[0])).contains(runId))
        .map(ProcessHandle::pid)
        .filter(Ward::alive)
        .toList();
  }

  @Test
  void endsEverythingWhenTheSupervisorEndsWithoutClosing() throws Exception {
    Process supervisor = Supervisor.start(CALLS, "trap '' TERM; echo up; sleep 60; sleep 60");
    String runId = Supervisor.line(supervisor);
    assertThat(Supervisor.line(supervisor)).isEqualTo("up");
    supervisor.destroy();
    supervisor.waitFor();
    await().atMost(A_SECOND).until(() -> Ward.marked(runId).isEmpty());
  }

  @Test
  void comesWithTheFirstProcessAndLeavesInPeaceWhenTheLauncherCloses() throws Exception {
    Ward ward = Ward.guarded(folder);
    assertThat(guardians(ward.launcher.runId())).isEmpty();
    ward.run("sleep", "60");
    ward.run("sleep", "60");
    assertThat(guardians(ward.launcher.runId())).hasSize(1);
    ward.close();
    assertThat(guardians(ward.launcher.runId())).isEmpty();
    assertThat(ward.trouble).isEmpty();
  }

  @Test
  void carriesNoMarkAndHearsNoSignal() throws Exception {
    try (Ward ward = Ward.guarded(folder)) {
      long child = ward.run("sleep", "60").pid();
      long guardian = guardians(ward.launcher.runId()).getFirst();
      assertThat(Ward.marked(ward.launcher.runId())).containsExactly(child);
      ProcessEntry entry = new ProcTable().entry(guardian);
      assertThat(entry.session()).isEqualTo(guardian);
      Path status = Path.of("/proc", Long.toString(guardian), "status");
      await()
          .atMost(SOON)
          .until(() -> {
            String ignored = Files.readString(status).split("SigIgn:\t")[1].substring(0, 16);
            long wanted = 1 << 0 | 1 << 1 | 1 << 14;
            return (Long.parseUnsignedLong(ignored, 16) & wanted) == wanted;
          });
    }
  }

  @Test
  void isReplacedWhenItIsKilledAndSaysSo() throws Exception {
    try (Ward ward = Ward.guarded(folder)) {
      ChildProcess child = ward.run("sleep", "60");
      long first = guardians(ward.launcher.runId()).getFirst();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      await().atMost(SOON).until(() -> !ward.trouble.isEmpty());
      assertThat(ward.trouble)
          .containsExactly(
              "the guardian (pid " + first + ") ended with signal KILL; another one was started");
      List<Long> guardians = guardians(ward.launcher.runId());
      assertThat(guardians).hasSize(1).doesNotContain(first);
      assertThat(child.alive()).isTrue();
    }
  }

  @Test
  void isGivenUpWhenItIsKilledAgainAndAgain() throws Exception {
    try (Ward ward = Ward.guarded(folder)) {
      ward.run("sleep", "60");
      long last = 0;
      for (int i = 1; i <= 5; i++) {
        last = guardians(ward.launcher.runId()).getFirst();
        ProcessHandle.of(last).orElseThrow().destroyForcibly();
        int told = i;
        await().atMost(SOON).until(() -> ward.trouble.size() == told);
      }
      assertThat(ward.trouble.getLast())
          .isEqualTo(
              "the guardian (pid "
                  + last
                  + ") ended with signal KILL, the 5th time within a minute; without one, processes"
                  + " outlive this one when it is killed");
      assertThat(guardians(ward.launcher.runId())).isEmpty();
    }
  }

  @Test
  void theNextRunEndsWhatIsLeftOfOneThatWasKilledWithItsGuardian() throws Exception {
    Process supervisor = Supervisor.start(CALLS, "trap '' TERM; echo up; sleep 60; sleep 60");
    String runId = Supervisor.line(supervisor);
    assertThat(Supervisor.line(supervisor)).isEqualTo("up");
    long guardian = guardians(runId).getFirst();
    // A guardian that is stopped is as good as killed, and nobody starts another one.
    assertThat(kill("-STOP", guardian)).isZero();
    supervisor.destroyForcibly().waitFor();
    try (Ward ward = Ward.open(folder)) {
      assertThat(Ward.marked(runId)).isNotEmpty();
      assertThat(ward.launcher.endLeftovers(runId, Duration.ZERO).complete()).isTrue();
      assertThat(Ward.marked(runId)).isEmpty();
      assertThat(ward.launcher.endLeftovers(runId, Duration.ZERO))
          .isEqualTo(new Stopped(false, List.of()));
    } finally {
      assertThat(kill("-KILL", guardian)).isZero();
    }
  }

  private static int kill(String signal, long pid) throws Exception {
    return new ProcessBuilder("kill", signal, Long.toString(Signals.checked(pid)))
        .start()
        .waitFor();
  }
}
