package dev.pirn.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs every example of the page that explains the errors.
class ErrorsPageTest {
  /// The record of the page's examples.
  record Rag(int chunkSize) {
    Rag {
      if (chunkSize > 4096) {
        throw new IllegalArgumentException("at most 4096 tokens");
      }
    }
  }

  @TempDir private Path dir;
  private Desk desk;
  private boolean bound;

  @BeforeEach
  void desk() {
    desk = new Desk(dir);
  }

  static List<ErrorsPage.Section> sections() {
    return ErrorsPage.sections();
  }

  @Test
  void everyCodeHasOneHeadingInTheOrderOfTheCodes() {
    assertThat(sections().stream().map(ErrorsPage.Section::code))
        .containsExactlyElementsOf(Stream.of(Code.values()).map(Code::id).toList());
  }

  @ParameterizedTest
  @MethodSource("sections")
  void theExampleGivesTheOutputThatThePageShows(ErrorsPage.Section section) throws IOException {
    List<Diagnostic> said = null;
    for (ErrorsPage.Block block : section.blocks()) {
      String info = block.info();
      if (info.equals("java")) {
        bound = true;
      } else if (info.equals("sh")) {
        for (String command : block.text().lines().toList()) {
          said = run(command);
        }
      } else if (info.contains(" ")) {
        desk.write(info.substring(info.indexOf(' ') + 1), block.text());
      } else {
        assertThat(info).isEqualTo("text");
        List<Diagnostic> output = said == null ? settings().validate() : said;
        List<Diagnostic> ours =
            output.stream().filter(it -> it.code().equals(section.code())).toList();
        assertThat(desk.render(ours)).isEqualTo(block.text());
      }
    }
  }

  private Settings.Builder settings() {
    return bound ? desk.settings().bind("KLR_RAG_", Rag.class) : desk.settings();
  }

  /// @return what it says; null if it only prepares
  private @Nullable List<Diagnostic> run(String command) throws IOException {
    switch (command) {
      case "mkdir .env" -> Files.createDirectory(desk.at(".env"));
      case "echo > .env" -> desk.write(".env", "\n");
      case "printf 'NAME=caf\\351\\n' > .env" ->
          Files.write(desk.at(".env"), "NAME=caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
      case "printf 'NAME=a\\000b\\n' > .env" -> desk.write(".env", "NAME=a\0b\n");
      case "yes nothing | head -n 102 > .env" -> desk.write(".env", "nothing\n".repeat(102));
      default -> {
        return pirn(List.of(command.replace("'\\ud800'", "\ud800").split(" ")));
      }
    }
    return null;
  }

  private List<Diagnostic> pirn(List<String> command) {
    try (Settings settings = settings().startBroken(true).open()) {
      int match = command.indexOf("--if-match");
      String digest = match < 0 ? null : command.get(match + 1);
      Decoded<?> made =
          switch (command.get(2)) {
            case "set" -> settings.set(command.get(3), command.get(4), digest);
            case "unset" -> settings.unset(command.get(3), digest);
            default -> {
              assertThat(command).startsWith("pirn", "settings", "apply");
              Acknowledgement done =
                  settings.apply(desk.at(command.get(3)), desk.at(command.get(5)));
              yield Decoded.failed(done.diagnostics());
            }
          };
      return made.diagnostics();
    }
  }
}
