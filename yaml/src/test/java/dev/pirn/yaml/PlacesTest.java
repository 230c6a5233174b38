package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pirn.live.Place;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
  @Test
  void aKeyAndAScalarAreMarkedWhole() {
    YamlMap map = map("port: 8080  # the port\n\"a b\": 'x'\n");
    assertThat(marked(map.keyPlace("port"))).isEqualTo("1:1 port");
    assertThat(marked(map.get("port").place())).isEqualTo("1:7 8080");
    assertThat(marked(map.keyPlace("a b"))).isEqualTo("2:1 \"a b\"");
    assertThat(marked(map.get("a b").place())).isEqualTo("2:8 'x'");
  }

  @Test
  void aCollectionIsMarkedAtItsStart() {
    YamlMap map =
        map("flow: [a, {b: c}]\nlong: [a,\n  b]\nlist:\n  - a\nmap:\n  inner: a\nempty: {}\n");
    assertThat(marked(map.place())).isEqualTo("1:1 flow");
    assertThat(marked(map.get("flow").place())).isEqualTo("1:7 [a, {b: c}]");
    assertThat(marked(map.get("long").place())).isEqualTo("2:7 [a,");
    assertThat(marked(map.get("list").place())).isEqualTo("5:3 -");
    assertThat(marked(map.get("map").place())).isEqualTo("7:3 inner");
    assertThat(marked(map.get("empty").place())).isEqualTo("8:8 {}");
  }

  @Test
  void textOfSeveralLinesIsMarkedInItsFirst() {
    YamlMap map = map("a: |\n  b\n  c\nd: e\n  f\ng: \"h\n  i\"\n");
    assertThat(marked(map.get("a").place())).isEqualTo("1:4 |");
    assertThat(marked(map.get("d").place())).isEqualTo("4:4 e");
    assertThat(marked(map.get("g").place())).isEqualTo("6:4 \"h");
  }

  @Test
  void aMissingValueStandsBehindItsColon() {
    Place place = map("a:\nb: 1\n").get("a").place();
    assertThat(place.line() + ":" + place.column()).isEqualTo("1:3");
  }

  @Test
  void columnsCountCodePoints() {
    YamlMap map = map("\"😀ä\": {k: v}\n");
    assertThat(marked(map.get("😀ä").place())).isEqualTo("1:7 {k: v}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void everyLineEndCounts(String end) {
    YamlMap map = map("a: 1" + end + end + "b: 2" + end + "c: 3");
    assertThat(marked(map.keyPlace("b"))).isEqualTo("3:1 b");
    assertThat(marked(map.get("c").place())).isEqualTo("4:4 3");
    assertThat(map.get("b").place().text()).isEqualTo("b: 2");
  }

  @Test
  void aLineSeparatorOfUnicodeEndsNoLine() {
    YamlMap map = map("a: \"x\u2028y\u0085z\"\nb: 2\n");
    assertThat(marked(map.keyPlace("b"))).isEqualTo("2:1 b");
  }

  @Test
  void anAliasHasThePlaceOfItsAnchor() {
    YamlMap map = map("a: &x 1\nb: *x\n");
    assertThat(map.get("b")).isSameAs(map.get("a"));
    assertThat(marked(map.get("b").place())).isEqualTo("1:4 &x 1");
  }

  @Test
  void aLongLineIsNotShown() {
    YamlMap map = map("a: " + "x".repeat(998) + "\nb: 1\n");
    assertThat(map.get("a").place().text()).isNull();
    assertThat(map.get("b").place().text()).isEqualTo("b: 1");
  }

  static Stream<Arguments> parts() {
    return Stream.of(
        Arguments.of("a: SELECT {{x}} FROM {{y}}", "{{y}}", "1:22 {{y}}"),
        Arguments.of("a: 'SELECT {{x}}, {{y}}'", "{{x}}", "1:12 {{x}}"),
        Arguments.of("a: \"{{x}} \\\"and\\\" {{y}}\"", "{{y}}", "1:19 {{y}}"),
        Arguments.of("a: |\n  first {{x}}\n\n    😀 {{y}} more\n", "{{y}}", "4:7 {{y}}"),
        Arguments.of("a: |\r\n  first\r\n  {{y}} more\r\n", "{{y}}", "3:3 {{y}}"),
        Arguments.of("a: >\n  first\n  {{x}}\n", "{{x}}", "3:3 {{x}}"),
        Arguments.of("a: |\n  b\n  c", "b\nc", "2:3 b"));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartOfATextIsFound(String file, String part, String expected) {
    assertThat(marked(part(file, part))).isEqualTo(expected);
  }

  static Stream<Arguments> hiddenParts() {
    return Stream.of(
        Arguments.of("a: | # {{x}}\n  {{x}}", "{{x}}", "1:4 | # {{x}}"),
        Arguments.of("a: \"{\\x7Bx}}\"", "{{x}}", "1:4 \"{\\x7Bx}}\""),
        Arguments.of("a: >\n  b\n  c", "b c", "1:4 >"),
        Arguments.of("a: b c", " ", "1:4 b c"));
  }

  @ParameterizedTest
  @MethodSource("hiddenParts")
  void theWholeIsMarkedWhereAPartIsNotPlainToSee(String file, String part, String expected) {
    assertThat(marked(part(file, part))).isEqualTo(expected);
  }

  @Test
  void equalPartsAreToldApart() {
    YamlScalar scalar = (YamlScalar) map("a: |\n  {{x}} {{x}}\n  {{x}}\n").get("a");
    assertThat(marked(scalar.place(0, 5))).isEqualTo("2:3 {{x}}");
    assertThat(marked(scalar.place(6, 11))).isEqualTo("2:9 {{x}}");
    assertThat(marked(scalar.place(12, 17))).isEqualTo("3:3 {{x}}");
  }

  @Test
  void aPartMustBeInTheText() {
    YamlScalar scalar = (YamlScalar) map("a: bc\n").get("a");
    assertThatThrownBy(() -> scalar.place(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static Place part(String file, String part) {
    YamlScalar scalar = (YamlScalar) map(file).get("a");
    int start = scalar.text().indexOf(part);
    return scalar.place(start, start + part.length());
  }

  private static YamlMap map(String text) {
    return (YamlMap) Yaml.parse(Golden.content(text)).value();
  }

  private static String marked(Place place) {
    String text = place.text();
    int start = text.offsetByCodePoints(0, place.column() - 1);
    return place.line()
        + ":"
        + place.column()
        + " "
        + text.substring(start, text.offsetByCodePoints(start, place.length()));
  }
}
