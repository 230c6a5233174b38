package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTypesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "string",
        "integer",
        "number",
        "boolean",
        "object",
        "array",
        "map",
        "enum",
        "array[string]",
        "array[rule]",
        "array[map[string, integer]]",
        "map[string, array[string]]",
        "enum[a]",
        "enum[five_whys, hypothesis_testing]",
        "enum[v1.0, v 2]"
      })
  void isLegal(String type) {
    assertThat(ParameterTypes.isLegal(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "int",
        "String",
        "string[]",
        "string[x]",
        "array[",
        "array[]",
        "array[a, b]",
        "enum[]",
        "map[string]",
        "map[string,]",
        "array[string] ",
        "object[a]"
      })
  void isNotLegal(String type) {
    assertThat(ParameterTypes.isLegal(type)).isFalse();
  }
}
