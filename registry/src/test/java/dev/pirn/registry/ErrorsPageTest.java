package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final String PAGE =
      Sample.text(Path.of(System.getProperty("pirn.home", ".."), "docs/guide/errors/registry.md"));
  private static final Pattern BLOCK =
      Pattern.compile("```(yaml|json|sh|text)(?: (\\S+))?\n((?s:.*?))```\n");

  @TempDir private Path temp;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    root = temp.toRealPath();
  }

  @Test
  void everyCodeHasOneHeadingInTheOrderOfTheCodes() {
    assertThat(
            Pattern.compile("(?m)^## (PIRN-R\\d+): ")
                .matcher(PAGE)
                .results()
                .map(it -> it.group(1)))
        .containsExactlyElementsOf(Stream.of(Code.values()).map(Code::id).toList());
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void theExampleGivesTheOutputThatThePageShows(Code code) throws IOException {
    int start = PAGE.indexOf("## " + code.id() + ":");
    int end = PAGE.indexOf("\n## ", start);
    String section = PAGE.substring(start, end < 0 ? PAGE.length() : end);
    List<Diagnostic> said = null;
    int outputs = 0;
    for (MatchResult block : BLOCK.matcher(section).results().toList()) {
      switch (block.group(1)) {
        case "yaml", "json" -> {
          Path file = root.resolve(block.group(2));
          Files.createDirectories(Objects.requireNonNull(file.getParent()));
          String text = block.group(3);
          Files.writeString(file, code == Code.MORE ? text + many(text) : text);
        }
        case "sh" -> {
          for (String command : block.group(3).lines().toList()) {
            said = run(code, command.split(" "));
          }
        }
        default -> {
          outputs++;
          List<Diagnostic> shown = said == null ? Registry.validate(options()) : said;
          if (code == Code.MORE) {
            shown = shown.stream().filter(it -> it.code().equals(code.id())).toList();
          }
          assertThat(Rendering.plain().relativeTo(root).render(shown)).isEqualTo(block.group(3));
          assertThat(shown).extracting(Diagnostic::code).contains(code.id());
        }
      }
    }
    assertThat(outputs).isEqualTo(1);
  }

  /// A hundred more agents like the last, with ids of their own.
  private static String many(String text) {
    String agent = text.substring(text.indexOf("  a1:"));
    StringBuilder more = new StringBuilder();
    for (int i = 2; i <= 104; i++) {
      more.append(agent.replace("a1", "a" + i));
    }
    return more.toString();
  }

  private RegistryOptions options() {
    return RegistryOptions.of(root.resolve("agent_registry.yaml"));
  }

  private List<Diagnostic> run(Code code, String[] command) throws IOException {
    switch (command[0]) {
      case "curl" -> {
        return curl(code, command);
      }
      case "mkdir" -> Files.createDirectories(root.resolve(command[2]));
      case "chmod" -> throw new IllegalArgumentException("not used");
      default -> {
        try (Registry registry = Registry.open(options())) {
          return pirn(registry, command);
        }
      }
    }
    return List.of();
  }

  // Closing in the middle is the example.
  @SuppressWarnings("try")
  private List<Diagnostic> curl(Code code, String[] command) throws IOException {
    AliveOptions one = new AliveOptions(Duration.ofSeconds(20), Duration.ofSeconds(60), 1);
    try (AliveAgents alive = AliveAgents.open(one)) {
      if (command[2].equals("DELETE")) {
        return List.of(alive.notAlive(command[3].substring("/agents/".length())));
      }
      if (code == Code.TOO_MANY_AGENTS) {
        alive.register(AliveAgentsTest.agent("first", "greeting", ""));
      } else if (code == Code.CLOSING) {
        alive.close();
      }
      byte[] json = Files.readAllBytes(root.resolve(command[4].substring(1)));
      return alive.register(Objects.requireNonNull(Heartbeat.read(json).value())).diagnostics();
    }
  }

  private static List<Diagnostic> pirn(Registry registry, String[] command) {
    return switch (command[2]) {
      case "get" -> List.of(registry.agents().notFound(command[3]));
      case "list" -> registry.agents().list(AgentQuery.ALL.category(command[4])).diagnostics();
      case "status" -> {
        registry.followFolders();
        yield registry.diagnostics();
      }
      case "sync" -> registry.sync(SyncOptions.COMPARE).errors();
      case "register" -> registry.register(command[3], fields(command), null).diagnostics();
      case "update" -> {
        Decoded<WrittenAgents> done =
            registry.update(command[3], fields(command), option(command, "--if-match"));
        yield done.diagnostics();
      }
      default -> throw new IllegalArgumentException(String.join(" ", command));
    };
  }

  private static Map<String, Object> fields(String[] command) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String word : command) {
      if (word.contains("=")) {
        fields.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      }
    }
    return fields;
  }

  private static @Nullable String option(String[] command, String name) {
    int at = List.of(command).indexOf(name);
    return at < 0 ? null : command[at + 1];
  }
}
