package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs every example of the page that explains the errors.
class ErrorsPageTest {
  @TempDir private Path dir;

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
    Files.createDirectories(dir.resolve("patterns"));
    List<Diagnostic> said = null;
    for (ErrorsPage.Block block : section.blocks()) {
      if (block.info().startsWith("yaml ")) {
        Path file = dir.resolve(block.info().substring("yaml ".length()));
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, block.text());
      } else if (block.info().equals("sh")) {
        for (String command : block.text().lines().toList()) {
          said = run(command.split(" "));
        }
      } else {
        assertThat(block.info()).isEqualTo("text");
        List<Diagnostic> output = said == null ? validate() : said;
        assertThat(output).extracting(Diagnostic::code).containsExactly(section.code());
        assertThat(Rendering.plain().relativeTo(dir).render(output)).isEqualTo(block.text());
      }
    }
  }

  private List<Diagnostic> run(String[] command) throws IOException {
    switch (command[0]) {
      case "truncate" -> Files.write(dir.resolve(command[3]), new byte[5_000_000]);
      case "mkdir" -> Files.createDirectory(dir.resolve(command[1]));
      default -> {
        return pirn(command);
      }
    }
    return List.of();
  }

  private List<Diagnostic> pirn(String[] command) throws IOException {
    String name = command[3];
    try (Patterns patterns = Patterns.open(options())) {
      return switch (command[2]) {
        case "get" -> List.of(patterns.library().notFound(name));
        case "reload" -> patterns.reload(name).diagnostics();
        case "create" -> {
          byte[] content =
              Files.readAllBytes(dir.resolve(String.valueOf(option("--file", command))));
          String folder = option("--category", command);
          yield patterns.write(name, folder, content, option("--if-match", command)).diagnostics();
        }
        default -> throw new IllegalArgumentException(String.join(" ", command));
      };
    }
  }

  private static @Nullable String option(String name, String[] command) {
    int at = List.of(command).indexOf(name);
    return at < 0 ? null : command[at + 1];
  }

  private List<Diagnostic> validate() {
    return Patterns.validate(List.of(dir.resolve("patterns")), options());
  }

  private PatternOptions options() {
    return PatternOptions.of(dir.resolve("patterns")).environment(Map.of());
  }
}
