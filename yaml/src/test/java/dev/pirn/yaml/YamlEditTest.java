package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YamlEditTest {
  static List<Golden> cases() {
    return Golden.read("edit.txt");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void onlyTheNeededLinesChange(Golden golden) {
    assertThat(run(golden.input())).isEqualTo(golden.expected());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSameHoldsWithLineEndsOfWindows(Golden golden) {
    List<String> lines = golden.input().lines().filter(line -> line.startsWith("! ")).toList();
    String text =
        golden
            .input()
            .lines()
            .filter(line -> !line.startsWith("! "))
            .reduce("", (a, b) -> a + b + "\r\n");
    assertThat(run(String.join("\n", lines) + "\n" + text))
        .isEqualTo(golden.expected().replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSameHoldsWithoutALineEndAtTheEnd(Golden golden) {
    String all = golden.input();
    assertThat(run(all.substring(0, all.length() - 1)))
        .isEqualTo(golden.expected().substring(0, golden.expected().length() - 1));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aSecondTimeNothingChanges(Golden golden) {
    List<String> puts = golden.input().lines().filter(line -> line.startsWith("! put")).toList();
    String again =
        puts.stream().map(line -> line + "\n").collect(Collectors.joining()) + golden.expected();
    assertThat(run(again)).isEqualTo(golden.expected());
  }

  @Test
  void aByteOrderMarkStays() {
    byte[] bytes = "\uFEFFa: 1\n".getBytes(StandardCharsets.UTF_8);
    assertThat(edit(bytes).put(List.of("a"), 2).bytes().value())
        .isEqualTo("\uFEFFa: 2\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsWrittenIsReadBackAsItWas() {
    for (String text :
        List.of(
            "yes",
            "1.0",
            "2026-01-01",
            "a: b",
            "# no",
            "",
            " ",
            "- x",
            "a #b",
            "tab\t",
            "two\nlines",
            "\u0085",
            "[x",
            "it's \"so\"",
            "C:\\",
            "null",
            "~",
            "0x1F",
            "1e3",
            "&a",
            "*a",
            "!t",
            "%x",
            "@x",
            "`x",
            "🤖 客服")) {
      byte[] bytes =
          edit("a: {b: 1}\n".getBytes(StandardCharsets.UTF_8))
              .put(List.of("k"), text)
              .put(List.of("a", "b"), List.of(text))
              .put(List.of("q", text), "'")
              .bytes()
              .value();
      YamlMap root =
          (YamlMap)
              Objects.requireNonNull(
                  Yaml.parse(Golden.content(Objects.requireNonNull(bytes))).value());
      assertThat(((YamlScalar) Objects.requireNonNull(root.get("k"))).text()).isEqualTo(text);
      assertThat(((YamlScalar) Objects.requireNonNull(root.get("k"))).isNull()).isFalse();
      YamlList list =
          (YamlList)
              Objects.requireNonNull(((YamlMap) Objects.requireNonNull(root.get("a"))).get("b"));
      assertThat(list.items()).hasToString("[" + text + "]");
      assertThat(((YamlMap) Objects.requireNonNull(root.get("q"))).get(text)).isNotNull();
    }
  }

  @Test
  void whatIsNotThereCannotBeRemoved() {
    List<Diagnostic> problems =
        edit("a: 1\n".getBytes(StandardCharsets.UTF_8)).remove(List.of("b")).bytes().diagnostics();
    assertThat(problems).extracting(Diagnostic::message).containsExactly("there is no \"b\"");
  }

  private static YamlEdit edit(byte[] bytes) {
    return Objects.requireNonNull(
        YamlEdit.of(Golden.content(bytes), YamlOptions.defaults()).value());
  }

  /// Runs the lines that begin with `! ` on what follows them.
  private static String run(String input) {
    List<String[]> commands = new ArrayList<>();
    String text = input;
    while (text.startsWith("! ")) {
      int end = text.indexOf('\n');
      commands.add(text.substring(2, end).split(" ", 3));
      text = text.substring(end + 1);
    }
    YamlEdit edit = edit(text.getBytes(StandardCharsets.UTF_8));
    for (String[] command : commands) {
      List<String> path = List.of(command[1].split("/"));
      if (command[0].equals("remove")) {
        edit.remove(path);
      } else {
        edit.put(path, value(command[2]));
      }
    }
    byte[] bytes = edit.bytes().value();
    assertThat(bytes).as("%s", edit.bytes().diagnostics()).isNotNull();
    return new String(Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
  }

  private static Object value(String text) {
    YamlNode node = Yaml.parse(Golden.content("v: " + text)).value();
    record Holder(Object v) {}
    List<Diagnostic> problems = new ArrayList<>();
    Holder holder = Yaml.binder(Holder.class).bind(Objects.requireNonNull(node), problems);
    return Objects.requireNonNull(holder).v() instanceof Map<?, ?> map ? map : holder.v();
  }
}
