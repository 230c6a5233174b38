package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesTest {
  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(String.class, "text", "text"),
        Arguments.of(String.class, "05", "05"),
        Arguments.of(String.class, "1.50", "1.50"),
        Arguments.of(String.class, "True", "True"),
        Arguments.of(String.class, "'null'", "null"),
        Arguments.of(String.class, "''", ""),
        Arguments.of(String.class, "\"a\\tb\\u00e4\"", "a\tbä"),
        Arguments.of(String.class, "|\n  a\n   b\n", "a\n b\n"),
        Arguments.of(String.class, ">-\n  a\n  b\n", "a b"),
        Arguments.of(boolean.class, "true", true),
        Arguments.of(Boolean.class, "FALSE", false),
        Arguments.of(int.class, "-7", -7),
        Arguments.of(int.class, "+7", 7),
        Arguments.of(int.class, "0x1F", 31),
        Arguments.of(int.class, "0o17", 15),
        Arguments.of(int.class, "017", 17),
        Arguments.of(int.class, "2147483647", Integer.MAX_VALUE),
        Arguments.of(Integer.class, "-2147483648", Integer.MIN_VALUE),
        Arguments.of(int.class, "!!int \"8\"", 8),
        Arguments.of(long.class, "9223372036854775807", Long.MAX_VALUE),
        Arguments.of(Long.class, "1", 1L),
        Arguments.of(double.class, "1", 1.0),
        Arguments.of(double.class, "1.5e3", 1500.0),
        Arguments.of(double.class, ".5", 0.5),
        Arguments.of(double.class, "1.", 1.0),
        Arguments.of(double.class, "0x10", 16.0),
        Arguments.of(Double.class, "-.inf", Double.NEGATIVE_INFINITY),
        Arguments.of(Double.class, ".NaN", Double.NaN),
        Arguments.of(BigInteger.class, "1" + "0".repeat(30), BigInteger.TEN.pow(30)),
        Arguments.of(BigDecimal.class, "1.10", new BigDecimal("1.10")),
        Arguments.of(BigDecimal.class, "0x10", new BigDecimal(16)),
        Arguments.of(Duration.class, "500ms", Duration.ofMillis(500)),
        Arguments.of(Duration.class, "2s", Duration.ofSeconds(2)),
        Arguments.of(Duration.class, "'5m'", Duration.ofMinutes(5)),
        Arguments.of(Duration.class, "1h", Duration.ofHours(1)),
        Arguments.of(Duration.class, "1d", Duration.ofDays(1)),
        Arguments.of(Duration.class, "20", Duration.ofMillis(20)),
        Arguments.of(Path.class, "a/b.yaml", Path.of("a/b.yaml")),
        Arguments.of(URI.class, "http://localhost:80/x", URI.create("http://localhost:80/x")),
        Arguments.of(LocalDate.class, "2026-01-31", LocalDate.of(2026, 1, 31)),
        Arguments.of(Instant.class, "2026-01-31T12:00:00Z", Instant.parse("2026-01-31T12:00:00Z")),
        Arguments.of(
            Instant.class, "2026-01-31T13:00:00+01:00", Instant.parse("2026-01-31T12:00:00Z")),
        Arguments.of(Color.class, "dark-red", Color.DARK_RED),
        Arguments.of(Color.class, "Dark_Red", Color.DARK_RED),
        Arguments.of(Color.class, "DARK_RED", Color.DARK_RED),
        Arguments.of(Color.class, "'blue'", Color.BLUE));
  }

  @ParameterizedTest(name = "{1} is a {0}")
  @MethodSource("values")
  void areMade(Class<?> type, String text, Object value) {
    assertThat(decode(type, text)).isEqualTo(value);
  }

  @Test
  void plainDataIsMadeOfEveryNode() {
    Object data =
        decode(
            Object.class,
            """
            text: a
            number: 1
            large: 9223372036854775808
            fraction: 1.5
            yes: true
            nothing:
            quoted: "1"
            list: [1, [~]]
            map: {z: 1, a: 2}
            """);
    Map<String, Object> expected =
        new HashMap<>(
            Map.of(
                "text",
                "a",
                "number",
                1L,
                "large",
                BigInteger.TWO.pow(63),
                "fraction",
                1.5,
                "yes",
                true,
                "quoted",
                "1",
                "list",
                List.of(1L, Collections.singletonList(null)),
                "map",
                Map.of("z", 1L, "a", 2L)));
    expected.put("nothing", null);
    assertThat(data).isEqualTo(expected);
    assertThat(((Map<?, ?>) data).get("map")).hasToString("{z=1, a=2}");
  }

  @Test
  void collectionsKeepTheirOrderAndCannotBeChanged() {
    Map<?, ?> map = (Map<?, ?>) decode(Map.class, "{z: 1, y: [c, b, a], x: 1}");
    assertThat(map).hasToString("{z=1, y=[c, b, a], x=1}");
    assertThat(map).isUnmodifiable();
    assertThat((List<?>) map.get("y")).isUnmodifiable();
  }

  private static Object decode(Class<?> type, String text) {
    return Yaml.decoder(type).decode(Golden.content(text)).value();
  }

  enum Color {
    DARK_RED,
    BLUE
  }
}
