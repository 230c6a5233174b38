package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values that say how they want to be followed: `off`, or a debounce in milliseconds.
class FollowingTest {
  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
  }

  private Live<String> open() {
    return Live.of(desk.file("a.txt")).following(FollowingTest::says).open();
  }

  private static Following says(String text) {
    return text.startsWith("off")
        ? new Following(false, Duration.ZERO)
        : new Following(true, Duration.ofMillis(Long.parseLong(text)));
  }

  @Test
  void aDebounceHoldsFromTheValueThatSaysSo() {
    desk.write("a.txt", "0");
    Outcomes<String> outcomes = new Outcomes<>();
    try (Live<String> live = open()) {
      live.onReload(outcomes);
      desk.write("a.txt", "1000");
      outcomes.awaitApplied("1000");
      desk.write("a.txt", "0000");
      outcomes.awaitApplied("0000");
      assertThat(lag(outcomes)).isGreaterThanOrEqualTo(Duration.ofMillis(1000));
      desk.write("a.txt", "00");
      outcomes.awaitApplied("00");
      assertThat(lag(outcomes)).isLessThan(Duration.ofMillis(1000));
    }
  }

  private static Duration lag(Outcomes<?> outcomes) {
    return Objects.requireNonNull(outcomes.all().getLast().timings().lag());
  }

  @Test
  void aValueThatWantsNoChangesIsLeftAloneUntilAReloadFindsAnotherOne() {
    desk.write("a.txt", "0");
    try (Live<String> live = open()) {
      desk.write("a.txt", "off");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("off");

      desk.write("a.txt", "00");
      Desk.sync(live);
      assertThat(live.get()).as("it is not followed").isEqualTo("off");
      desk.write("a.txt", "off again");
      Desk.sync(live);
      assertThat(live.reload()).isInstanceOf(Reload.Applied.class);
      assertThat(live.get()).isEqualTo("off again");
      desk.write("a.txt", "000");
      Desk.sync(live);
      assertThat(live.get()).as("it is still not followed").isEqualTo("off again");

      live.reload();
      assertThat(live.get()).isEqualTo("000");
      desk.write("a.txt", "0000");
      Desk.sync(live);
      assertThat(live.get()).as("it is followed again").isEqualTo("0000");
    }
  }

  @Test
  void aRollbackBringsBackHowItWasFollowed() {
    desk.write("a.txt", "0");
    try (Live<String> live = open()) {
      desk.write("a.txt", "off");
      Desk.sync(live);
      live.rollback(1);
      desk.write("a.txt", "00");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("00");
    }
  }

  @Test
  void aRuleThatThrowsLeavesTheFollowingAsItWas() {
    desk.write("a.txt", "0");
    try (Live<String> live = open()) {
      desk.write("a.txt", "no number");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("no number");
      desk.write("a.txt", "00");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("00");
    }
  }

  @Test
  void aDebounceOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new Following(true, Duration.ofMillis(5001)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("debounce must be between 0 and 5000 ms, was 5001 ms");
  }
}
