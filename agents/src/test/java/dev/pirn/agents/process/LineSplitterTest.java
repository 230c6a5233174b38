package dev.pirn.agents.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(8, lines::add);

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    splitter.add(bytes, bytes.length);
  }

  @Test
  void joinsWhatIsReadInPieces() {
    add("a");
    add("b\nc");
    assertThat(lines).containsExactly("ab");
    splitter.end();
    assertThat(lines).containsExactly("ab", "c");
  }

  @Test
  void takesBothKindsOfLineEndsAndKeepsEmptyLines() {
    add("a\r\n\n\r\nb\rc\n");
    assertThat(lines).containsExactly("a", "", "", "b\rc");
  }

  @Test
  void tellsALongLineInPieces() {
    add("0123456789abcdef\nnext\n");
    assertThat(lines).containsExactly("01234567", "89abcdef", "next");
  }

  @Test
  void cutsBetweenCharacters() {
    add("0123456äöü€\n");
    add("01234🙂🙂🙂\n");
    assertThat(lines).containsExactly("0123456", "äöü", "€", "01234", "🙂", "🙂🙂");
  }

  @Test
  void replacesWhatIsNotUtf8() {
    splitter.add(new byte[] {'a', (byte) 0xFF, 'b', '\n'}, 4);
    assertThat(lines).containsExactly("a\uFFFDb");
    byte[] middles = new byte[20];
    java.util.Arrays.fill(middles, (byte) 0x80);
    splitter.add(middles, middles.length);
    splitter.end();
    assertThat(String.join("", lines)).isEqualTo("a\uFFFDb" + "\uFFFD".repeat(20));
  }
}
