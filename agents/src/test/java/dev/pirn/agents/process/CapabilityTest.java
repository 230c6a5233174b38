package dev.pirn.agents.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapabilityTest {
  @Test
  void aBareSystemIsToldWhatItLosesAndWhatToDo() {
    ProcessTable table = new HandleTable();
    Host bare =
        new Host(
            table,
            new ProgramSignals(table, null, ProcessBuilder::start),
            () -> new LookingWait(table),
            null,
            null,
            false,
            false);
    LauncherOptions options = LauncherOptions.of(_ -> {}).withAdopting(true);
    assertThat(Capability.of(bare, options))
        .noneMatch(Capability::available)
        .extracting(Capability::meaning)
        .containsExactly(
            "there is no program setsid: Ctrl+C reaches agents too, and what they start is signalled"
                + " one by one; install util-linux",
            "processes are signalled one by one, and one that is started meanwhile is signalled late;"
                + " install setsid and kill",
            "there is no /proc: who leaves its session and its parent is not found",
            "there is no /proc or no sh: agents stay behind when this process is killed",
            "native access is denied or this is not Linux: who clears its environment and leaves is"
                + " not found; start Java with --enable-native-access=dev.pirn.agents");
    assertThat(Capability.of(bare, options.withGuardian(false).withAdopting(false))).hasSize(3);
  }
}
