package dev.pirn.agents.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SignalsTest {
  @TempDir Path folder;
  private final ProcTable table = new ProcTable();
  private final List<Signals> all =
      List.of(
          new LinuxSignals(table),
          new ProgramSignals(table, Path.of("/bin/kill"), ProcessBuilder::start),
          new ProgramSignals(table, null, ProcessBuilder::start));

  @Test
  void neverReachEverybodyOrTheFirstProcessOrOurselves() {
    for (Signals signals : all) {
      for (long pid : new long[] {1, 0, -1, -2, Long.MIN_VALUE, 1L << 32}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> signals.send(new ProcessId(pid, 1), Signal.CONT))
            .withMessage("a pid that may be signalled is greater than 1, was " + pid);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> signals.sendToGroup(pid, Signal.CONT));
      }
    }
  }

  @Test
  void doNotReachAnotherProcessThatHasGotThePid() throws Exception {
    try (Ward ward = Ward.open(folder)) {
      ChildProcess child = ward.run("sleep", "60");
      ProcessId id = table.entry(child.pid()).id();
      for (Signals signals : all) {
        assertThat(signals.send(new ProcessId(id.pid(), id.started() - 1), Signal.KILL)).isFalse();
      }
      assertThat(child.alive()).isTrue();
      for (Signals signals : all) {
        assertThat(signals.send(id, Signal.CONT)).isEqualTo(signals.reachGroups());
      }
    }
  }

  @Test
  void aTableThatIsGarbledNamesNobody() {
    assertThat(ProcessEntry.parse("")).isNull();
    assertThat(ProcessEntry.parse("7 (sh")).isNull();
    assertThat(ProcessEntry.parse("7 (sh) R 1 7 7")).isNull();
    assertThat(ProcessEntry.parse("x (sh) R" + " 1".repeat(30))).isNull();
    assertThat(ProcessEntry.parse("7 (sh) R" + " x".repeat(30))).isNull();
  }

  @Test
  void aNameMayHoldAnything() {
    String fields = " 5 6 4 0 -1 0 0 0 0 0 0 0 0 0 20 0 %d 0 99 0";
    ProcessEntry entry = ProcessEntry.parse("7 (a) R 1 (\n) S" + fields.formatted(1));
    assertThat(entry).isEqualTo(new ProcessEntry(new ProcessId(7, 99), 5, 6, 4, false));
    assertThat(ProcessEntry.parse("7 (sh) Z" + fields.formatted(1)).dead()).isTrue();
    assertThat(ProcessEntry.parse("7 (sh) Z" + fields.formatted(2)).dead()).isFalse();
    assertThat(ProcessEntry.parse("7 (sh) X" + fields.formatted(0)).dead()).isTrue();
  }
}
