package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatternOptionsTest {
  @Test
  void doesNotShowTheEnvironment() {
    PatternOptions options = PatternOptions.of(Path.of("x")).environment(Map.of("KEY", "secret"));
    assertThat(options)
        .hasToString("PatternOptions[dirs=[x], exclude=[], strict=false, debounce=PT0S, keep=100]");
  }

  @Test
  void needsAFolder() {
    assertThatThrownBy(PatternOptions::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a pattern library needs at least one folder");
  }
}
