package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BindingTest {
  private static final Decoder<Everything> DECODER = Yaml.decoder(Everything.class);

  static List<Golden> cases() {
    return Golden.read("binding.txt");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExplained(Golden golden) {
    assertThat(Golden.render(DECODER.decode(Golden.content(golden.input())).diagnostics()))
        .isEqualTo(golden.expected());
  }
}
