package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptNonceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "-",
      textBlock =
          """
          script-src 'nonce-abc'                                     | abc
          script-src 'self' 'nonce-aB0+/_-=='                        | aB0+/_-==
          default-src 'self'; SCRIPT-SRC 'nonce-abc' 'strict-dynamic'| abc
          default-src 'nonce-abc'                                    | abc
          default-src 'nonce-no'; script-src 'nonce-abc'             | abc
          script-src 'nonce-no'; script-src-elem 'nonce-abc'         | abc
          default-src 'nonce-no'; script-src 'self'                  | -
          script-src-attr 'nonce-no'; style-src 'nonce-no'           | -
          script-src nonce-no                                        | -
          script-src 'nonce-'                                        | -
          script-src 'nonce-a\\">'                                   | -
          script-src;;default-src                                    | -
          img-src 'self', script-src 'nonce-abc'                     | abc
          """)
  void isThatForScripts(String policy, @Nullable String nonce) {
    assertThat(
            ScriptNonce.of(
                MultiMap.caseInsensitiveMultiMap().add("content-security-policy", policy)))
        .isEqualTo(nonce);
  }

  @Test
  void isTheFirstOfSeveralPolicies() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    assertThat(ScriptNonce.of(headers)).isNull();
    headers.add("Content-Security-Policy", "img-src 'self'");
    headers.add("Content-Security-Policy", "script-src 'nonce-abc'");
    assertThat(ScriptNonce.of(headers)).isEqualTo("abc");
  }
}
