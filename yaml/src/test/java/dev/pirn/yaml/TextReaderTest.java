package dev.pirn.yaml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReaderTest {
  @Test
  void skipsAByteOrderMark() {
    Decoded<YamlNode> decoded = parse("\uFEFFname: ä\n".getBytes(UTF_8));
    assertThat(decoded.diagnostics()).isEmpty();
    assertThat(decoded.value())
        .isInstanceOfSatisfying(
            YamlMap.class, map -> assertThat(map.keyPlace("name").column()).isEqualTo(1));
  }

  @Test
  void refusesAnEmptyFile() {
    assertThat(problems(new byte[0]))
        .isEqualTo(
            """
            error[PIRN-Y006]: the file has no content
              --> app.yaml
              help: write at least one "key: value"
            """);
  }

  @Test
  void refusesAFileWithANul() {
    assertThat(problems("a: 1\nb: \0\n".getBytes(UTF_8)))
        .isEqualTo(
            """
            error[PIRN-Y001]: the file is not text: byte 9 is NUL
              --> app.yaml
              help: name a text file here
            """);
  }

  @Test
  void refusesAnImage() {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13};
    assertThat(problems(png)).startsWith("error[PIRN-Y001]: the file is not text");
  }

  @Test
  void refusesUtf16WithAndWithoutAByteOrderMark() {
    for (Charset charset : new Charset[] {UTF_16LE, UTF_16BE}) {
      for (String text : new String[] {"\uFEFFname: app\n", "name: app\n"}) {
        assertThat(problems(text.getBytes(charset)))
            .isEqualTo(
                """
                error[PIRN-Y002]: the file is UTF-16, not UTF-8
                  --> app.yaml
                  help: save the file as UTF-8
                """);
      }
    }
  }

  @Test
  void namesThePlaceOfAByteThatIsNotUtf8() {
    assertThat(problems("title: ok\nname: Zoë, José\n".getBytes(ISO_8859_1)))
        .isEqualTo(
            """
            error[PIRN-Y003]: byte 0xEB is not UTF-8; in ISO 8859-1 it is "ë"
              --> app.yaml:2:9
            2 | name: Zo\uFFFD, Jos\uFFFD
              |         ^
              help: save the file as UTF-8
            """);
  }

  @Test
  void countsCodePointsBeforeABadByte() {
    byte[] bytes = "a: 😀ä?\n".getBytes(UTF_8);
    bytes[bytes.length - 2] = (byte) 0x80;
    assertThat(problems(bytes))
        .isEqualTo(
            """
            error[PIRN-Y003]: byte 0x80 is not UTF-8
              --> app.yaml:1:6
            1 | a: 😀ä\uFFFD
              |       ^
              help: save the file as UTF-8
            """);
  }

  @Test
  void refusesACharacterThatIsCutAtTheEnd() {
    byte[] bytes = "a: ä".getBytes(UTF_8);
    assertThat(problems(Arrays.copyOf(bytes, bytes.length - 1)))
        .startsWith("error[PIRN-Y003]: byte 0xC3 is not UTF-8; in ISO 8859-1 it is \"Ã\"");
  }

  @Test
  void refusesControlCharacters() {
    assertThat(problems("a: x\nb: \u001B[31m\n".getBytes(UTF_8)))
        .isEqualTo(
            """
            error[PIRN-Y004]: the control character U+001B is not allowed
              --> app.yaml:2:4
            2 | b: \\u001b[31m
              |    ^^^^^^
              help: remove it; in double quotes it may be written "\\u001B"
            """);
  }

  @Test
  void refusesAByteOrderMarkInsideTheText() {
    assertThat(problems("a: 1\n\uFEFFb: 2\n".getBytes(UTF_8)))
        .isEqualTo(
            """
            error[PIRN-Y004]: a byte order mark (U+FEFF) stands inside the text
              --> app.yaml:2:1
            2 | \\ufeffb: 2
              | ^^^^^^
              help: remove it; in double quotes it may be written "\\uFEFF"
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1, 0x8, 0xB, 0xC, 0x1F, 0x7F, 0x80, 0x84, 0x86, 0x9F, 0xFFFE, 0xFFFF})
  void refusesWhatYamlDoesNotPrint(int codePoint) {
    assertThat(problems(("a: \"" + Character.toString(codePoint) + "\"\n").getBytes(UTF_8)))
        .startsWith("error[PIRN-Y004]: the control character U+%04X".formatted(codePoint));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x85, 0xA0, 0x2028, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFF})
  void takesWhatYamlPrints(int codePoint) {
    assertThat(problems(("a: \"" + Character.toString(codePoint) + "\"\n").getBytes(UTF_8)))
        .isEmpty();
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    byte[] bytes = "a: bcd\n".getBytes(UTF_8);
    YamlOptions options = YamlOptions.defaults().maxBytes(6);
    assertThat(Golden.render(Yaml.parse(Golden.content(bytes), options).diagnostics()))
        .isEqualTo(
            """
            error[PIRN-Y005]: the file has 7 bytes; at most 6 are read
              --> app.yaml
              help: split the file, or raise the limit
            """);
    assertThat(Yaml.parse(Golden.content(bytes), options.maxBytes(7)).diagnostics()).isEmpty();
  }

  private static Decoded<YamlNode> parse(byte[] bytes) {
    return Yaml.parse(Golden.content(bytes));
  }

  private static String problems(byte[] bytes) {
    return Golden.render(parse(bytes).diagnostics());
  }
}
