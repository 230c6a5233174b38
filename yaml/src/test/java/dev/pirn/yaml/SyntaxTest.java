package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SyntaxTest {
  static List<Golden> cases() {
    return Golden.read("syntax.txt");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExplained(Golden golden) {
    assertThat(Golden.render(Yaml.parse(Golden.content(golden.input())).diagnostics()))
        .isEqualTo(golden.expected());
  }
}
