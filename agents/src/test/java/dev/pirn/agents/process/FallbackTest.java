package dev.pirn.agents.process;

import static dev.pirn.agents.process.Ward.GRACE;
import static dev.pirn.agents.process.Ward.alive;
import static dev.pirn.agents.process.Ward.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
class FallbackTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Host.Access.class)
  void politeAndRudeProcessesEndWithTheirChildren(Host.Access access) throws Exception {
    try (Ward ward = Ward.open(folder, access)) {
      ChildProcess polite = ward.sh("sleep 60 & echo polite $!; wait");
      long child = ward.printed("polite");
      assertThat(get(polite.stop(GRACE))).isEqualTo(new Stopped(false, List.of()));
      assertThat(get(polite.exit()).clean()).isTrue();
      assertThat(alive(child)).isFalse();

      ChildProcess rude = ward.sh("trap '' TERM; sleep 60 & echo rude $!; sleep 60; sleep 60");
      long other = ward.printed("rude");
      assertThat(get(rude.stop(Duration.ofMillis(100)))).isEqualTo(new Stopped(true, List.of()));
      assertThat(get(rude.exit())).isEqualTo(new Exit(137, true));
      assertThat(alive(other)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Host.Access.class)
  void linesExitCodesAndSignalsAreTheSame(Host.Access access) throws Exception {
    try (Ward ward = Ward.open(folder, access)) {
      ChildProcess child =
          ward.sh("trap 'echo heard; exit 4' USR1; echo up $$; while :; do sleep 0.02; done");
      ward.printed("up");
      assertThat(child.signal(Signal.USR1)).isTrue();
      assertThat(get(child.exit())).isEqualTo(new Exit(4, false));
      assertThat(ward.lines).containsExactly("STDOUT up " + child.pid(), "STDOUT heard");
    }
  }

  @Test
  void marksAreFoundWithoutCalls() throws Exception {
    try (Ward ward = Ward.open(folder, Host.Access.NO_CALLS)) {
      ChildProcess child =
          ward.sh("(setsid sh -c 'echo away $$; exec sleep 60 >/dev/null 2>&1' &) ; sleep 60");
      long away = ward.printed("away");
      assertThat(get(child.stop(GRACE)).complete()).isTrue();
      assertThat(alive(away)).isFalse();
    }
  }

  @Test
  void whatIsMissingIsSaidWhenItIsOpened() {
    java.util.List<String> trouble = new java.util.concurrent.CopyOnWriteArrayList<>();
    LauncherOptions options =
        LauncherOptions.of(trouble::add).withPortable(true).withAdopting(true);
    try (Launcher launcher = Launcher.open(options)) {
      assertThat(launcher.capabilities()).extracting(Capability::available).contains(true, false);
    }
    assertThat(trouble)
        .containsExactly(
            "no marks: there is no /proc: who leaves its session and its parent is not found",
            "no guardian: there is no /proc or no sh: agents stay behind when this process is killed",
            "no adopting: native access is denied or this is not Linux: who clears its environment"
                + " and leaves is not found; start Java with"
                + " --enable-native-access=dev.pirn.agents");
  }

  @Test
  void aFullSystemHasEverything() {
    assertThat(Capability.probe(LauncherOptions.of(_ -> {}).withAdopting(true)))
        .allMatch(Capability::available)
        .extracting(Capability::name)
        .containsExactly("own sessions", "group signals", "marks", "guardian", "adopting");
  }
}
