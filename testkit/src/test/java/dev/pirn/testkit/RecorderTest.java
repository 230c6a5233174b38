package dev.pirn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pirn.live.Decoded;
import dev.pirn.live.Live;
import dev.pirn.live.Reload;
import dev.pirn.live.Source;
import dev.pirn.live.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private final TempWorkspace workspace = TempWorkspace.create();
  private final Recorder<String> recorder = new Recorder<>();
  private Live<String> live;

  @BeforeEach
  void open() {
    workspace.write("a.txt", "one");
    live =
        Live.of(
                Source.file(
                    workspace.path("a.txt"),
                    content -> Decoded.of(new String(content.bytes(), StandardCharsets.UTF_8))))
            .check(text -> text.startsWith("bad") ? Verdict.refuse("no") : Verdict.ok())
            .onReload(recorder)
            .open();
  }

  @AfterEach
  void close() {
    live.close();
    workspace.close();
  }

  @Test
  void waitsForWhatIsTold() {
    Scribe scribe = workspace.scribe("a.txt");
    scribe.inPlace("two");
    Reload.Applied<String> two = recorder.awaitApplied("two"::equals);
    assertThat(two.before()).isEqualTo("one");
    scribe.viaRename("bad");
    assertThat(recorder.awaitRejected("PIRN-L010").snapshot().value()).isEqualTo("two");
    assertThat(recorder.awaitCount(3)).isInstanceOf(Reload.Rejected.class);
    assertThat(recorder.values()).containsExactly("one", "two");
    assertThat(recorder.await("two values", all -> all.size() > 1)).hasSize(3);
    recorder.clear();
    assertThat(recorder.outcomes()).isEmpty();
  }

  @Test
  void showsWhatItHasWhenTheDeadlinePasses() {
    Recorder<String> impatient = new Recorder<>(Duration.ofMillis(20));
    assertThatThrownBy(() -> impatient.awaitCount(1))
        .isInstanceOf(AssertionError.class)
        .hasMessage("waited 20 ms for 1 outcomes; nothing was recorded");
    workspace.scribe("a.txt").inPlace("bad");
    recorder.outcomes().forEach(impatient);
    impatient.accept(recorder.awaitCount(2));
    assertThatThrownBy(() -> impatient.awaitApplied("never"::equals))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("waited 20 ms for a value like that in force; recorded were:\n")
        .hasMessageContaining("rejected (CHANGE), generation 1: one\n")
        .hasMessageEndingWith("error[PIRN-L010]: no");
  }

  @Test
  void aThreadThatIsInterruptedWhileItWaitsStaysSo() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> recorder.awaitCount(99))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("interrupted while waiting for 99 outcomes; ");
    assertThat(Thread.interrupted()).isTrue();
  }
}
