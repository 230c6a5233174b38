package dev.pirn.agents.process;

import static dev.pirn.agents.process.Ward.GRACE;
import static dev.pirn.agents.process.Ward.alive;
import static dev.pirn.agents.process.Ward.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class AdoptionTest {
  private static final String VANISHES =
      "(setsid env -i sh -c 'echo $$ > away; exec >/dev/null 2>&1; exec /bin/sleep 60' &) ;"
          + " until [ -s away ]; do sleep 0.01; done; echo away $(cat away); ";

  @TempDir Path folder;

  @Test
  void findsWhoHasClearedItsEnvironmentAndLeftEverything() throws Exception {
    try (Ward ward = Ward.adopting(folder)) {
      ChildProcess child = ward.sh(VANISHES + "sleep 60");
      long away = ward.printed("away");
      assertThat(get(child.stop(GRACE))).isEqualTo(new Stopped(false, List.of()));
      assertThat(alive(away)).isFalse();
    }
  }

  @Test
  void anOrphanOfNobodyInParticularIsLeftAloneAsLongAsOthersRun() throws Exception {
    try (Ward ward = Ward.adopting(folder)) {
      ChildProcess other = ward.run("sleep", "60");
      ChildProcess child = ward.sh(VANISHES + "sleep 60");
      long away = ward.printed("away");
      // Its parent is gone, so that nothing leads to it any more.
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> new ProcTable().entry(away).parent() == Host.self());
      get(child.stop(GRACE));
      assertThat(alive(away)).isTrue();
      get(other.stop(GRACE));
      assertThat(alive(away)).isFalse();
    }
  }

  @Test
  void takesNoteOfOrphansAndLeavesExitCodesToTheJdk() throws Exception {
    try (Ward ward = Ward.adopting(folder)) {
      List<ChildProcess> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(ward.sh("(sh -c 'sleep 0.05' &) ; exit " + i));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(get(all.get(i).exit())).isEqualTo(new Exit(i, false));
      }
      long self = Host.self();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() ->
              new ProcTable().entries().stream().noneMatch(it -> it.parent() == self && it.dead()));
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("pirn-reaper"));
  }
}
