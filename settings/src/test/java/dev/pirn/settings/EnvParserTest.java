package dev.pirn.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EnvParserTest {
  @TempDir private Path dir;

  static List<Arguments> texts() {
    return List.of(
        Arguments.of("A=1", "1"),
        Arguments.of("  A = 1  ", "1"),
        Arguments.of("\tA\t=\t1\t", "1"),
        Arguments.of("export A=1", "1"),
        Arguments.of("export \t A=1", "1"),
        Arguments.of("A=", ""),
        Arguments.of("A= # nothing", ""),
        Arguments.of("A=\"\"", ""),
        Arguments.of("A=''", ""),
        Arguments.of("A=300  # 5 minutes", "300"),
        Arguments.of("A=300\t# 5 minutes", "300"),
        Arguments.of("A=#fff", "#fff"),
        Arguments.of("A=a#b", "a#b"),
        Arguments.of("A=x=y=z", "x=y=z"),
        Arguments.of("A=a b  c", "a b  c"),
        Arguments.of("A=it's", "it's"),
        Arguments.of("A=say \"hi\"", "say \"hi\""),
        Arguments.of("A=C:\\new\\table", "C:\\new\\table"),
        Arguments.of("A=$HOME and $(date)", "$HOME and $(date)"),
        Arguments.of("A=\\${B}", "${B}"),
        Arguments.of("A=\"a # b\" # c", "a # b"),
        Arguments.of("A='a # b' # c", "a # b"),
        Arguments.of("A=\"a\\nb\\tc\\rd\"", "a\nb\tc\rd"),
        Arguments.of("A=\"a\\\"b\\\\c\\$d\"", "a\"b\\c$d"),
        Arguments.of("A=\"a\\${B}\"", "a${B}"),
        Arguments.of("A=\"a\\qb\"", "a\\qb"),
        Arguments.of("A='a\\nb${B}\"c'", "a\\nb${B}\"c"),
        Arguments.of("A=\"one\ntwo\n  three\"\nB=2", "one\ntwo\n  three"),
        Arguments.of("A='one\r\ntwo'\r\nB=2", "one\ntwo"),
        Arguments.of("A=\"one\r\ntwo\"\r\nB=2", "one\ntwo"),
        Arguments.of("A=1\r\nB=2\r\n", "1"),
        Arguments.of("A=1\rB=2\r", "1"),
        Arguments.of("\ufeffA=1", "1"),
        Arguments.of("# A=0\n\n   # more\nA=1\n", "1"),
        Arguments.of("A=1\nA=2", "2"),
        Arguments.of("B=b\nA=${B}/x", "b/x"),
        Arguments.of("A=${B}/x\nB=b", "b/x"),
        Arguments.of("B=b\nA=\"${B}-${B}\"", "b-b"),
        Arguments.of("A=${B:-d e}", "d e"),
        Arguments.of("B=\nA=${B:-d}", "d"),
        Arguments.of("B=b\nA=${B:-d}", "b"),
        Arguments.of("A=${B:-}", ""),
        Arguments.of("A=${B:-${C:-deep}}!", "deep!"),
        Arguments.of("A=x\nA=${A}y", "xy"),
        Arguments.of("A=ünïcödé 漢字", "ünïcödé 漢字"),
        Arguments.of("A=`x`", "`x`"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsValues(String text, String value) {
    assertThat(Desk.value(text)).isEqualTo(value);
  }

  @Test
  void exportMayBeAKeyItself() {
    assertThat(Desk.values("export=1\nexport =2\nexported=3", Map.of()))
        .isEqualTo(Map.of("export", "2", "exported", "3"));
  }

  @Test
  void aNameMeansTheFilesAndThenTheEnvironment() {
    Map<String, String> environment = Map.of("HOME", "/h", "B", "env", "PATH", "/bin");
    assertThat(Desk.values("A=${HOME}/${B}\nB=file\nPATH=/x:${PATH}", environment))
        .isEqualTo(Map.of("A", "/h/file", "B", "file", "PATH", "/x:/bin"));
  }

  @Test
  void tellsAllProblemsOfAFileWithTheirPlaces() {
    List<Diagnostic> said =
        Desk.decode(
                """
                GOOD=1
                no equals
                bad-name=2
                =oops
                QUOTED="x" y
                REF=a${b
                1ST=3
                OPEN="never
                """)
            .diagnostics();
    assertThat(said)
        .extracting(it -> it.place().line() + ":" + it.place().column() + " " + it.message())
        .containsExactly(
            "2:1 this line is no setting, it has no \"=\"",
            "3:1 \"bad-name\" cannot be a key",
            "4:1 what stands before \"=\" cannot be a key",
            "5:12 something follows the quoted value of QUOTED",
            "6:6 \"${\" begins no reference that is understood here",
            "7:1 \"1ST\" cannot be a key",
            "8:6 nothing ends the quoted value of OPEN");
  }

  @Test
  void aQuoteThatNothingEndsDoesNotHideTheSettingsBehindIt() {
    List<Diagnostic> said = Desk.decode("A=\"one\ntwo\nB=2\nnothing\n").diagnostics();
    assertThat(said).extracting(Diagnostic::code).containsExactly("PIRN-E006", "PIRN-E004");
  }

  @Test
  void aDuplicateIsAWarningWithBothPlaces() {
    Decoded<EnvFile> decoded = Desk.decode("A=1\nB=2\nA=3\n");
    assertThat(decoded.value()).isNotNull();
    Diagnostic said = decoded.diagnostics().getFirst();
    assertThat(said.message()).isEqualTo("A is set in line 1 too");
    assertThat(said.place().line()).isEqualTo(3);
    assertThat(said.related().getFirst().line()).isEqualTo(1);
  }

  @Test
  void whatIsNotUtf8IsNamedByItsPlace() {
    byte[] bytes = "A=1\nB=caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    Diagnostic said = Desk.decode(bytes).diagnostics().getFirst();
    assertThat(said.place().line()).isEqualTo(2);
    assertThat(said.place().column()).isEqualTo(6);
    assertThat(said.message()).isEqualTo("the file is not UTF-8: the byte 0xe9");
    byte[] cut = {'A', '=', (byte) 0xc3};
    assertThat(Desk.decode(cut).diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("PIRN-E001");
  }

  @Test
  void utf16IsNotTakenForSettings() {
    for (byte[] bytes :
        List.of(
            "A=1\n".getBytes(StandardCharsets.UTF_16LE),
            "A=1\n".getBytes(StandardCharsets.UTF_16))) {
      assertThat(Desk.decode(bytes).value()).isNull();
    }
  }

  @Test
  void cyclesAreErrorsThatNameTheWay() {
    for (String text : List.of("A=${B}\nB=${C}\nC=x${A}\n", "C=${A}\nB=${C}\nA=${B}\n")) {
      EnvFile file = Desk.decode(text).value();
      Resolver resolver = new Resolver(List.of(file), Map.of(), Secrets.of(List.of()));
      assertThat(resolver.settings()).isEmpty();
      assertThat(resolver.problems()).hasSize(1);
      assertThat(resolver.problems().getFirst().message()).contains(" refers to itself: ", " -> ");
    }
    Resolver self =
        new Resolver(List.of(Desk.decode("A=${A}\n").value()), Map.of(), Secrets.of(List.of()));
    assertThat(self.settings()).isEmpty();
    assertThat(self.problems().getFirst().message()).isEqualTo("A refers to itself: A -> A");
  }

  @Test
  void referencesThatExplodeAreRefused() {
    StringBuilder bomb = new StringBuilder("A0=xxxxxxxxxx\n");
    for (int i = 1; i < 20; i++) {
      bomb.append("A%d=".formatted(i)).append("${A%d}".formatted(i - 1).repeat(10)).append('\n');
    }
    assertThat(problems(bomb.toString())).contains("PIRN-E013");
    StringBuilder chain = new StringBuilder("A0=x\n");
    for (int i = 1; i < 20_000; i++) {
      chain.append("A%d=${A%d}\n".formatted(i, i - 1));
    }
    assertThat(problems(chain.toString())).isSubsetOf("PIRN-E013");
    assertThat(Desk.decode("A=" + "${B:-".repeat(100_000)).value()).isNull();
  }

  private static List<String> problems(String text) {
    Resolver resolver =
        new Resolver(List.of(Desk.decode(text).value()), Map.of(), Secrets.of(List.of()));
    resolver.settings();
    return resolver.problems().stream().map(Diagnostic::code).toList();
  }

  @Test
  void aFileFullOfProblemsTellsAHundred() {
    List<Diagnostic> said = Desk.decode("nothing\n".repeat(150)).diagnostics();
    assertThat(said).hasSize(101);
    assertThat(said.getLast().message()).isEqualTo("50 more problems are not shown");
  }

  @Test
  void aRealFileOfAHundredLinesIsReadWithoutAWord() throws Exception {
    byte[] bytes = getClass().getResourceAsStream("real.env").readAllBytes();
    assertThat(new String(bytes, StandardCharsets.UTF_8).lines()).hasSizeGreaterThan(100);
    Decoded<EnvFile> decoded = Desk.decode(bytes);
    assertThat(decoded.diagnostics()).extracting(Diagnostic::message).isEmpty();
    Map<String, String> values =
        Desk.values(new String(bytes, StandardCharsets.UTF_8), Map.of("HOME", "/home/me"));
    assertThat(values)
        .hasSize(68)
        .containsEntry("KLR_RAG_CHUNK_SIZE", "512")
        .containsEntry("KLR_RAG_TIMEOUT", "300s")
        .containsEntry("KLR_GREETING", "Hello, I'm \"Kloros\" # really")
        .containsEntry("KLR_DATA_DIR", "/home/me/.kloros/data")
        .containsEntry("ASR_HOTWORDS", "kloros,stop,continue")
        .containsEntry("KLR_MOTD", "Line one\nLine two\n  indented");
  }
}
