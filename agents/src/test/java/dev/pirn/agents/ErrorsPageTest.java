package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs every example of the page that explains the errors.
class ErrorsPageTest {
  private static final Path FILE =
      Path.of(System.getProperty("pirn.home", ".."), "docs/guide/errors/agents.md");
  private static final Pattern BLOCK =
      Pattern.compile("```(yaml|json|java|xml|sh|text)(?: (\\S+))?\n((?s:.*?))```\n");

  @TempDir private Path temp;
  private Desk desk;
  private String page;

  @BeforeEach
  void desk() throws IOException {
    desk = new Desk(temp);
    page = Files.readString(FILE);
  }

  @Test
  void everyCodeHasOneHeadingInTheOrderOfTheCodes() {
    assertThat(
            Pattern.compile("(?m)^## (PIRN-A\\d+): ")
                .matcher(page)
                .results()
                .map(it -> it.group(1)))
        .containsExactlyElementsOf(Stream.of(Code.values()).map(Code::id).toList());
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void theExampleGivesTheOutputThatThePageShows(Code code) throws IOException {
    int start = page.indexOf("## " + code.id() + ":");
    int end = page.indexOf("\n## ", start);
    String section = page.substring(start, end < 0 ? page.length() : end);
    List<Diagnostic> said = null;
    int outputs = 0;
    for (MatchResult block : BLOCK.matcher(section).results().toList()) {
      String text = block.group(3);
      switch (block.group(1)) {
        case "sh" -> {
          for (String command : text.lines().toList()) {
            said = run(code, command.split(" "));
          }
        }
        case "text" -> {
          outputs++;
          List<Diagnostic> shown = said == null ? list(List.of()) : said;
          if (code == Code.MORE) {
            shown = shown.stream().filter(it -> it.code().equals(code.id())).toList();
          }
          assertThat(desk.render(shown)).isEqualTo(text);
          assertThat(shown).extracting(Diagnostic::code).contains(code.id());
        }
        default -> {
          desk.write(block.group(2), text);
          for (int i = 2; code == Code.MORE && i <= 104; i++) {
            desk.write(block.group(2).replace("a1", "a" + i), text);
          }
        }
      }
    }
    assertThat(outputs).isEqualTo(1);
  }

  private List<Diagnostic> list(List<String> named) {
    AgentFinder finder = desk.finder();
    AgentFinder.Found found =
        named.isEmpty() ? desk.find() : finder.named(named.stream().map(desk::at).toList());
    List<Diagnostic> said = new ArrayList<>(found.diagnostics());
    finder.rules(found.agents()).diagnostics().stream()
        .filter(it -> !said.contains(it))
        .forEach(said::add);
    return said;
  }

  private @Nullable List<Diagnostic> run(Code code, String[] command) throws IOException {
    switch (command[0]) {
      case "mkdir" -> Files.createDirectories(desk.at(command[2]));
      case "touch" -> desk.write(command[1], "");
      case "export" -> {
        String[] parts = command[1].split("=", 2);
        desk.environment.put(parts[0], parts[1]);
      }
      default -> {
        return pirn(code, command);
      }
    }
    return null;
  }

  private List<Diagnostic> pirn(Code code, String[] command) {
    return switch (command[2]) {
      case "list" -> list(Arrays.asList(command).subList(3, command.length));
      case "init" -> AgentTemplate.PYTHON.write(desk.at("agents"), command[5]).diagnostics();
      case "status" -> {
        Path folder = desk.at(".pirn/classes/" + command[3]);
        JavaBuild build =
            code == Code.NO_COMPILER ? new JavaBuild(folder, null) : new JavaBuild(folder);
        yield build.build((Launch.JavaSources) desk.agent(command[3]).launch()).diagnostics();
      }
      case "restart" ->
          List.of(
              Problems.notFound(
                  command[3], desk.find().agents().stream().map(AgentSpec::name).toList()));
      default -> throw new IllegalArgumentException(Objects.toString(command[2]));
    };
  }
}
