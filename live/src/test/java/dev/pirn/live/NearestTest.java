package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> NAMES =
      List.of("host", "port", "timeout", "workers", "max_workers");

  @ParameterizedTest
  @CsvSource({
    "prot, port",
    "PORT, port",
    "hots, host",
    "timout, timeout",
    "time-out, timeout",
    "tiemuot, timeout",
    "workrs, workers",
    "max_wrokers, max_workers"
  })
  void aMistypedNameIsFound(String mistyped, String name) {
    assertThat(Nearest.to(mistyped, NAMES).getFirst()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"pots", "colour", "x", "timetable", "portal"})
  void aNameThatIsLikeNoneIsLeftAlone(String word) {
    assertThat(Nearest.to(word, List.of("host", "timeout", "workers"))).isEmpty();
  }

  @Test
  void theMostAlikeComesFirstAndAtMostThreeCome() {
    assertThat(Nearest.to("worker", List.of("walker", "workers", "works", "wroker", "morker")))
        .containsExactly("morker", "workers", "wroker");
  }

  @Test
  void withinOneEditIsLessThanNear() {
    List<String> names = List.of("examples", "id", "title");
    assertThat(Nearest.within(1, "example", names)).containsExactly("examples");
    assertThat(Nearest.within(1, "exampel", names)).isEmpty();
  }

  @Test
  void whatWasFoundIsAskedFor() {
    assertThat(Nearest.didYouMean(List.of())).isNull();
    assertThat(Nearest.didYouMean(List.of("a"))).isEqualTo("did you mean \"a\"?");
    assertThat(Nearest.didYouMean(List.of("a", "b"))).isEqualTo("did you mean \"a\" or \"b\"?");
  }
}
