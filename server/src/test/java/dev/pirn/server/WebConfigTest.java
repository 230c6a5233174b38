package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Rendering;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What `pirn.yaml` may say of pages.
class WebConfigTest {
  private static final Path FILE = Path.of("/site/pirn.yaml");

  private static Decoded<WorkspaceConfig> read(String yaml) {
    return new ConfigDecoder().decode(new Content(FILE, yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonObject web(String yaml) {
    Decoded<WorkspaceConfig> read = read(yaml);
    WorkspaceConfig config = read.value();
    if (config == null) {
      throw new AssertionError(read.diagnostics());
    }
    return ConfigView.of(config).getJsonObject("web");
  }

  @Test
  void allOfItCanBeSaid() {
    assertThat(
            web(
                """
                web:
                  dirs: [site, shared]
                  patterns: ["**/*.html"]
                  proxy: http://127.0.0.1:3000
                  origins: ["http://localhost:3000", "https://dev.example"]
                  sync: true
                  hold_on_errors: true
                  test: npm run "test pages"
                  gate: true
                """))
        .isEqualTo(
            new JsonObject(
                """
                {"dirs": ["site", "shared"], "patterns": ["**/*.html"],
                 "proxy": "http://127.0.0.1:3000",
                 "origins": ["http://localhost:3000", "https://dev.example"], "sync": true,
                 "hold_on_errors": true, "test": ["npm", "run", "test pages"], "gate": true}
                """));
  }

  @Test
  void theKeysOfTheSeedStandForThese() {
    String seed = "hot_reload: { watch_dirs: [site], patterns: ['*.md'] }\n";
    assertThat(web(seed).getJsonArray("dirs")).containsExactly("site");
    assertThat(web(seed).getJsonArray("patterns")).containsExactly("*.md");
    assertThat(web(seed + "web: { dirs: [web] }").getJsonArray("dirs")).containsExactly("web");
  }

  @Test
  void whatTheGuideSaysCanBeWritten() throws IOException {
    Path guide = Path.of(System.getProperty("pirn.home", ".."), "docs/guide/web.md");
    List<String> blocks =
        Pattern.compile("```yaml\n((?s:.*?))```")
            .matcher(Files.readString(guide))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(6);
    assertThat(blocks)
        .allSatisfy(block -> assertThat(read(block).diagnostics()).as(block).isEmpty());
  }

  private static final String NO_SHELL =
      "write a list of words: [python3, main.py]; for a shell, [sh, -c, \"...\"]";

  private static Arguments mistake(String line, String said) {
    return argumentSet(line, line, said);
  }

  /// One that is said of a part of the line.
  private static Arguments mistake(String line, String part, String said, String help) {
    int column = 2 + line.indexOf(part) + 1;
    String marks = " ".repeat(column - 1) + "^".repeat(part.length());
    return mistake(
        line,
        "error%s\n  --> pirn.yaml:2:%d\n2 |   %s\n  | %s\n%s"
            .formatted(said, column, line, marks, help.isEmpty() ? "" : "  help: " + help + "\n"));
  }

  static Stream<Arguments> mistakes() {
    String address = " is not an address such as http://127.0.0.1:3000";
    String origin = " is not an origin such as http://localhost:3000";
    return Stream.of(
        mistake(
            "proxy: https://127.0.0.1:3000",
            "https://127.0.0.1:3000",
            "[PIRN-Y039]: \"https://127.0.0.1:3000\"" + address,
            ""),
        mistake(
            "proxy: localhost:3000",
            "localhost:3000",
            "[PIRN-Y039]: \"localhost:3000\"" + address,
            ""),
        mistake(
            "proxy: http://localhost:3000/app",
            "http://localhost:3000/app",
            "[PIRN-Y039]: \"http://localhost:3000/app\"" + address,
            ""),
        mistake(
            "origins: ['http://localhost:3000/']",
            "'http://localhost:3000/'",
            "[PIRN-Y039]: \"http://localhost:3000/\"" + origin,
            ""),
        mistake("origins: ['*']", "'*'", "[PIRN-Y039]: \"*\"" + origin, ""),
        mistake(
            "test: npm test && true",
            "npm test && true",
            "[PIRN-A012]: this is no command: it has a \"&\", and there is no shell",
            NO_SHELL),
        mistake("test: []", "[]", "[PIRN-A012]: this is no command: it has no words", NO_SHELL),
        mistake(
            "test: { run: it }",
            "{ run: it }",
            "[PIRN-A012]: this is no command: it must be a list or a text",
            NO_SHELL),
        mistake(
            "patterns: ['{a']",
            "'{a'",
            "[PIRN-Y039]: the glob \"{a\" has a \"{\" without a \"}\"",
            ""),
        mistake(
            "dirs: []",
            """
            error[PIRN-S004]: "web.dirs" names no folder
              --> pirn.yaml
              help: name at least one, or remove the key
            """));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWithWhatToDo(String line, String said) {
    Decoded<WorkspaceConfig> read = read("web:\n  " + line + "\n");
    assertThat(read.value()).isNull();
    assertThat(Rendering.plain().relativeTo(Path.of("/site")).render(read.diagnostics()))
        .isEqualTo(said);
  }
}
