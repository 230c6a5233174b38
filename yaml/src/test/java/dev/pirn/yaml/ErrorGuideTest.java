package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Content;
import dev.pirn.live.Diagnostic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the guide says of each code is what is reported.
class ErrorGuideTest {
  private static final Path HOME = Path.of(System.getProperty("pirn.home", ".."));
  private static final String GUIDE = read("docs/guide/errors/yaml.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml ?(.*)\n((?s:.*?))```\n```text\n((?s:.*?))```\n");

  @Test
  void everyCodeHasOneHeadingInOrder() {
    List<String> headings =
        Pattern.compile("(?m)^### (PIRN-Y\\d+): ")
            .matcher(GUIDE)
            .results()
            .map(heading -> heading.group(1))
            .toList();
    assertThat(headings).containsExactlyElementsOf(ids());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MORE")
  void everyExampleGivesWhatTheGuideShows(Code code) {
    Matcher example = EXAMPLE.matcher(section(code));
    assertThat(example.find()).as("%s has an example", code.id()).isTrue();
    String shown = problems(example.group(1), example.group(2));
    assertThat(shown).isEqualTo(example.group(3)).contains("[" + code.id() + "]");
  }

  @Test
  void theLastLineCountsWhatIsNotShown() {
    List<Diagnostic> problems = Yaml.parse(Golden.content("a: 1\n".repeat(118))).diagnostics();
    String shown = Golden.render(List.of(problems.getLast()));
    assertThat(section(Code.MORE)).contains("```text\n" + shown + "```\n");
  }

  @Test
  void theRecordOfTheGuideIsTheOneThatIsTested() {
    Matcher block = Pattern.compile("```java\n((?s:.*?))```").matcher(GUIDE);
    assertThat(block.find()).isTrue();
    assertThat(read("yaml/src/test/java/dev/pirn/yaml/App.java")).endsWith(block.group(1));
  }

  private static String problems(String setting, String text) {
    YamlOptions options = YamlOptions.defaults();
    Content content = Golden.content(text);
    if (setting.equals("escaped")) {
      content = Golden.content(unescaped(text));
    } else if (setting.startsWith("put=")) {
      YamlEdit edit = Objects.requireNonNull(YamlEdit.of(content, options).value());
      List<String> path = List.of(setting.substring("put=".length()).split("\\."));
      return Golden.render(edit.put(path, 2).bytes().diagnostics());
    } else if (!setting.isEmpty()) {
      int value = Integer.parseInt(setting.substring(setting.indexOf('=') + 1));
      options =
          switch (setting.substring(0, setting.indexOf('='))) {
            case "maxBytes" -> options.maxBytes(value);
            case "maxDepth" -> options.maxDepth(value);
            case "maxAliases" -> options.maxAliases(value);
            default -> throw new AssertionError("no such setting: " + setting);
          };
    }
    return Golden.render(Yaml.decoder(App.class, options).decode(content).diagnostics());
  }

  /// The text from the code's heading to the next.
  private static String section(Code code) {
    int start = GUIDE.indexOf("### " + code.id() + ":");
    assertThat(start).as("%s has a heading", code.id()).isNotNegative();
    int end = GUIDE.indexOf("\n##", start);
    return GUIDE.substring(start, end < 0 ? GUIDE.length() : end);
  }

  private static byte[] unescaped(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int done = 0;
    for (MatchResult escape : Pattern.compile("\\\\x(..)").matcher(text).results().toList()) {
      out.writeBytes(text.substring(done, escape.start()).getBytes(StandardCharsets.UTF_8));
      out.write(Integer.parseInt(escape.group(1), 16));
      done = escape.end();
    }
    out.writeBytes(text.substring(done).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static List<String> ids() {
    return java.util.Arrays.stream(Code.values()).map(Code::id).toList();
  }

  private static String read(String file) {
    try {
      return Files.readString(HOME.resolve(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
