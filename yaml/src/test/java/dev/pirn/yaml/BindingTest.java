package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoder;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
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

  @Test
  void messagesAreTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(problem("count: 3000000000\n"))
          .isEqualTo("\"count\" must be from -2147483648 to 2147483647, found \"3000000000\"");
      assertThat(problem("timeout: 1234\n"))
          .isEqualTo("\"timeout\" has no unit, and is taken as 1234ms");
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(DECODER.decode(Golden.content("restart: on-failure\n")).value()).isNotNull();
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String problem(String text) {
    return DECODER.decode(Golden.content(text)).diagnostics().getFirst().message();
  }
}
