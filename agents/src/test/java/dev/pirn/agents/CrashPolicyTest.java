package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What becomes of an agent that ends by itself, on a clock of its own.
class CrashPolicyTest {
  private final CrashPolicy policy = new CrashPolicy(new Random(1));
  private long now = Duration.ofHours(1).toNanos();

  private void after(Duration time) {
    now += time.toNanos();
  }

  private CrashPolicy.Decision startAndCrash(Duration ran) {
    policy.started(now);
    after(ran);
    return policy.crashed(now, ran);
  }

  private Duration wait(CrashPolicy.Decision decision) {
    assertThat(decision).isInstanceOf(CrashPolicy.Decision.Again.class);
    return ((CrashPolicy.Decision.Again) decision).after();
  }

  @Test
  void threeStartsWithinTenSecondsOpenTheCircuitForAMinute() {
    after(wait(startAndCrash(Duration.ofSeconds(1))));
    after(wait(startAndCrash(Duration.ofSeconds(1))));
    assertThat(startAndCrash(Duration.ofSeconds(1)))
        .isEqualTo(new CrashPolicy.Decision.Open(Duration.ofMinutes(1)));
  }

  @Test
  void threeStartsInMoreThanTenSecondsDoNot() {
    for (int i = 0; i < 20; i++) {
      after(wait(startAndCrash(Duration.ofSeconds(6))));
    }
  }

  @Test
  void theWaitDoublesFromAQuarterOfASecondToHalfAMinuteWithJitter() {
    Duration expected = Duration.ofMillis(250);
    for (int i = 0; i < 12; i++) {
      Duration wait = wait(startAndCrash(Duration.ofSeconds(6)));
      assertThat(wait.toMillis())
          .isBetween(Math.round(expected.toMillis() * 0.8), Math.round(expected.toMillis() * 1.2));
      after(wait);
      Duration twice = expected.multipliedBy(2);
      expected = twice.toSeconds() >= 30 ? Duration.ofSeconds(30) : twice;
    }
  }

  @Test
  void agentsThatCrashTogetherDoNotStartTogether() {
    Random random = new Random(1);
    assertThat(
            Stream.generate(() -> new CrashPolicy(random).crashed(now, Duration.ZERO))
                .limit(20)
                .distinct()
                .count())
        .isGreaterThan(10);
  }

  @Test
  void whoHasRunForAMinuteBeginsAnew() {
    for (int i = 0; i < 5; i++) {
      after(wait(startAndCrash(Duration.ofSeconds(6))));
    }
    assertThat(wait(startAndCrash(Duration.ofSeconds(60)))).isLessThan(Duration.ofMillis(301));
  }

  @Test
  void startsThatAPersonCausedDoNotCount() {
    for (int i = 0; i < 20; i++) {
      policy.asked();
      after(Duration.ofMillis(100));
      assertThat(wait(policy.crashed(now, Duration.ofMillis(100))))
          .isLessThan(Duration.ofMillis(301));
    }
  }

  @Test
  void halfOpenOneStartIsTriedAndAnEditClosesIt() {
    for (int i = 0; i < 2; i++) {
      after(wait(startAndCrash(Duration.ZERO)));
    }
    assertThat(startAndCrash(Duration.ZERO)).isInstanceOf(CrashPolicy.Decision.Open.class);
    after(Duration.ofMinutes(1));
    policy.trying();
    assertThat(startAndCrash(Duration.ofSeconds(30)))
        .as("the one that was tried crashes")
        .isInstanceOf(CrashPolicy.Decision.Open.class);
    after(Duration.ofMinutes(1));
    policy.trying();
    assertThat(wait(startAndCrash(Duration.ofMinutes(2)))).as("it was well").isPositive();
    policy.asked();
    assertThat(wait(startAndCrash(Duration.ZERO))).as("it was edited").isPositive();
  }
}
