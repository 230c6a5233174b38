package dev.pirn.agents.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TailTest {
  @Test
  void keepsTheLastLines() {
    Tail tail = new Tail(2, 100);
    tail.add("one");
    tail.add("two");
    tail.add("three");
    assertThat(tail.lines()).containsExactly("two", "three");
  }

  @Test
  void keepsNoMoreCharactersThanItMay() {
    Tail tail = new Tail(100, 8);
    tail.add("123");
    tail.add("4567");
    assertThat(tail.lines()).containsExactly("123", "4567");
    tail.add("89");
    assertThat(tail.lines()).containsExactly("4567", "89");
    tail.add("a line that is too long");
    assertThat(tail.lines()).containsExactly("too long");
  }

  @Test
  void needsRoom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tail(0, 1))
        .withMessage("a tail has room, was 0 lines of 1 characters");
  }
}
