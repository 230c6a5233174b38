package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class YamlOptionsTest {
  private static final YamlOptions DEFAULTS = YamlOptions.defaults();

  @Test
  void defaultsAreAsDocumented() {
    assertThat(DEFAULTS.unknownKeys()).isEqualTo(YamlOptions.UnknownKeys.ERROR);
    assertThat(DEFAULTS.maxBytes()).isEqualTo(4 * 1024 * 1024);
    assertThat(DEFAULTS.maxDepth()).isEqualTo(100);
    assertThat(DEFAULTS.maxAliases()).isEqualTo(50);
  }

  @Test
  void eachOptionLeavesTheOthersAsTheyAre() {
    YamlOptions options =
        DEFAULTS
            .unknownKeys(YamlOptions.UnknownKeys.IGNORE)
            .maxBytes(1)
            .maxDepth(2)
            .maxAliases(3)
            .maxBytes(4);
    assertThat(options.unknownKeys()).isEqualTo(YamlOptions.UnknownKeys.IGNORE);
    assertThat(options.maxBytes()).isEqualTo(4);
    assertThat(options.maxDepth()).isEqualTo(2);
    assertThat(options.maxAliases()).isEqualTo(3);
    assertThat(DEFAULTS.maxBytes()).isEqualTo(4 * 1024 * 1024);
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    refused(() -> DEFAULTS.maxBytes(0), "maxBytes must be from 1 to 67108864, was 0");
    refused(() -> DEFAULTS.maxDepth(1001), "maxDepth must be from 1 to 1000, was 1001");
    refused(() -> DEFAULTS.maxAliases(-1), "maxAliases must be from 0 to 2147483647, was -1");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
