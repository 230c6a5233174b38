package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// When the files of an agent must be at rest before it is restarted, on a clock of its own.
class RestartLimitTest {
  private static final Set<Path> FILES = Set.of(Path.of("/w/own.log"), Path.of("/w/z.py"));

  private final RestartLimit limit = new RestartLimit(10);
  private long now = Duration.ofHours(1).toNanos();

  private Duration edit(Duration later) {
    now += later.toNanos();
    return limit.edited(now, FILES);
  }

  @Test
  void theEleventhRestartOfAMinuteMustWaitAndTheNextOnesEachTwiceAsLong() {
    for (int i = 0; i < 10; i++) {
      assertThat(edit(Duration.ofSeconds(1))).isZero();
      assertThat(limit.suspendedBy()).isNull();
    }
    assertThat(edit(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(5));
    assertThat(limit.suspendedBy()).isEqualTo("/w/own.log");
    assertThat(edit(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(10));
    for (int i = 0; i < 10; i++) {
      edit(Duration.ofSeconds(1));
    }
    assertThat(edit(Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void tenAMinuteAreNeverTooMany() {
    for (int i = 0; i < 100; i++) {
      assertThat(edit(Duration.ofMillis(6_100))).isZero();
    }
  }

  @Test
  void afterAMinuteWithoutAnyItBeginsAnew() {
    for (int i = 0; i < 12; i++) {
      edit(Duration.ofMillis(100));
    }
    assertThat(edit(Duration.ofSeconds(61))).isZero();
    assertThat(limit.suspendedBy()).isNull();
  }

  @Test
  void whoLooksAfterItLetsItGoOn() {
    for (int i = 0; i < 12; i++) {
      edit(Duration.ofMillis(100));
    }
    limit.resume();
    assertThat(limit.suspendedBy()).isNull();
    assertThat(edit(Duration.ofMillis(100))).isZero();
  }

  @Test
  void whenTheFilesHaveRestedItIsNotSuspendedAnyMoreButNotForgotten() {
    for (int i = 0; i < 11; i++) {
      edit(Duration.ofMillis(100));
    }
    limit.rested();
    assertThat(limit.suspendedBy()).isNull();
    assertThat(edit(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void withoutALimitThereIsNone() {
    RestartLimit none = new RestartLimit(0);
    for (int i = 0; i < 1_000; i++) {
      assertThat(none.edited(now, FILES)).isZero();
    }
  }
}
