package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The types of which no decoder can be made.
class TypesTest {
  record Running(Thread thread) {}

  record Array(String[] names) {}

  record Generic<T>(T value) {}

  record Numbered(Map<Integer, String> names) {}

  record Wild(List<? extends Number> numbers) {}

  record BadDefault(@Default("many") int count) {}

  record NoDefault(@Default("") String text) {}

  record Loop(@Default("{}") Loop loop) {}

  record Clash(String baseUrl, @Key("base_url") String address) {}

  record AliasClash(String a, @Key(aliases = "a") String b) {}

  record ExtraList(@Extra List<String> extra) {}

  record TwoExtras(@Extra Map<String, Object> a, @Extra Map<String, Object> b) {}

  @Scalar
  record Pair(String a, String b) {}

  sealed interface Two {
    record A(String a) implements Two {}

    record B(String b) implements Two {}
  }

  sealed interface TwoScalars {
    @Scalar
    record A(String a) implements TwoScalars {}

    @Scalar
    record B(String b) implements TwoScalars {}
  }

  sealed interface Open {
    non-sealed interface More extends Open {}
  }

  @Discriminator("kind")
  sealed interface SameKind {
    record HttpCheck(String a) implements SameKind {}

    @Key("http_check")
    record Other(String b) implements SameKind {}
  }

  enum Same {
    A_B,
    AB
  }

  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of(
            Thread.class, "Thread: values of the type java.lang.Thread cannot be made from YAML"),
        Arguments.of(
            Running.class,
            "Running.thread: values of the type java.lang.Thread cannot be made from YAML"),
        Arguments.of(
            Array.class,
            "Array.names: values of the type java.lang.String[] cannot be made from YAML"),
        Arguments.of(Generic.class, "Generic.value: values of the type T cannot be made from YAML"),
        Arguments.of(
            Numbered.class,
            "Numbered.names: values of the type java.util.Map<java.lang.Integer, java.lang.String>"
                + " cannot be made from YAML"),
        Arguments.of(
            Wild.class,
            "Wild.numbers: values of the type ? extends java.lang.Number cannot be made from YAML"),
        Arguments.of(
            BadDefault.class,
            "BadDefault.count: @Default(\"many\") does not fit: this must be a whole number,"
                + " found \"many\""),
        Arguments.of(
            NoDefault.class,
            "NoDefault.text: @Default(\"\") has no value; an empty text is @Default(\"''\")"),
        Arguments.of(Loop.class, "Loop: a default cannot be made of the type that it stands in"),
        Arguments.of(Clash.class, "Clash.address: the key \"base_url\" is taken by \"baseUrl\""),
        Arguments.of(AliasClash.class, "AliasClash.b: the key \"a\" is taken by \"a\""),
        Arguments.of(
            ExtraList.class, "ExtraList.extra: @Extra marks one component, a Map<String, X>"),
        Arguments.of(TwoExtras.class, "TwoExtras.b: @Extra marks one component, a Map<String, X>"),
        Arguments.of(Pair.class, "Pair: a record marked @Scalar has one component"),
        Arguments.of(
            Two.class, "Two: its records are made from maps; mark it @Discriminator(\"key\")"),
        Arguments.of(
            TwoScalars.class, "TwoScalars: at most one of its records may be marked @Scalar"),
        Arguments.of(Open.class, "Open: More is not a record"),
        Arguments.of(SameKind.class, "SameKind: the name \"http_check\" is there twice"),
        Arguments.of(Same.class, "Same: the name \"ab\" is there twice"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void areRefusedWithTheReason(Class<?> type, String reason) {
    assertThatThrownBy(() -> Yaml.decoder(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }
}
