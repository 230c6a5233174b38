package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the commands in `cli/src/test/golden/*.txt` and compares all that they print.
///
/// The first line says what a file is about. A line that begins with `$ pirn` is a command, run in
/// a copy of the test workspace; what follows is what it prints on the standard output, then on the
/// standard error after `!`, then its exit code. With `-Dpirn.golden=write` the files are written
/// anew.
class GoldenTest {
  private static final Path GOLDEN = Desk.HOME.resolve("cli/src/test/golden");

  @TempDir Path folder;

  static Stream<String> files() {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void printsWhatIsWritten(String name) throws IOException {
    Path file = GOLDEN.resolve(name);
    String expected = Files.readString(file);
    Desk desk = Desk.workspace(folder);
    StringBuilder actual = new StringBuilder();
    actual.append(expected, 0, expected.indexOf('\n') + 1);
    expected
        .lines()
        .filter(line -> line.startsWith("$ pirn"))
        .forEach(line -> actual.append(block(desk, line)));
    if ("write".equals(System.getProperty("pirn.golden"))) {
      Files.writeString(file, actual);
    }
    assertThat(actual.toString()).isEqualTo(expected);
  }

  private static String block(Desk desk, String line) {
    String[] words = line.substring("$ pirn".length()).strip().split(" +");
    Ran ran = desk.run(Arrays.stream(words).filter(word -> !word.isEmpty()).toArray(String[]::new));
    String err = ran.err().isEmpty() ? "" : "! " + ran.err().strip().replace("\n", "\n! ") + "\n";
    String text = line + "\n" + ran.out() + err + "-> " + ran.exit() + "\n\n";
    return text.replace(desk.folder().toString(), "WORKSPACE")
        .replaceAll("(?m)[ ]+$", "")
        .replaceAll("digest( +)[0-9a-f]{64}", "digest$1DIGEST");
  }
}
