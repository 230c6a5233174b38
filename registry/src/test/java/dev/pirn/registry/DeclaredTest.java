package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Reading only the lines that have changed gives what reading all gives.
class DeclaredTest {
  /// What means another thing elsewhere, or ends or begins something.
  private static final List<String> PIECES =
      List.of(
          "\n",
          "\n\n",
          " ",
          "  ",
          "    ",
          "\t",
          "\r\n",
          "\r",
          "\"",
          "'",
          "#",
          " # x\n",
          ":",
          ": ",
          "- ",
          "? ",
          "|",
          ">",
          "|2\n",
          "{",
          "}",
          "[",
          "]",
          ",",
          "&a ",
          "*a",
          " &a x",
          " *a",
          "!!map ",
          "!!str",
          "---\n",
          "...\n",
          "\n---\n",
          "\n...\n",
          "%YAML 1.2\n",
          "\u00e9",
          "\ud83d\ude00",
          "\n  other:\n",
          "\n  a0: {}\n",
          "config:\n",
          "\nagents:\n",
          "agents",
          "~",
          "\n      deep",
          "\nshallow",
          "\n  half",
          "dependencies: [a1, a2]\n",
          "replacement_agent: a3",
          "name: \"a\n",
          "b\"",
          "\n    name: x",
          "<<: ");

  private final RegistryDecoder decoder = new RegistryDecoder();

  private static Content content(String text) {
    return new Content(Path.of("/r/agent_registry.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(int agents, String after) {
    StringBuilder text = new StringBuilder("version: \"1.0\"\n# before\nagents:\n");
    for (int i = 0; i < agents; i++) {
      text.append(
          """
            # about %1$d
            a%1$d:
              name: "Agent
                 %1$d"
              category: %2$s
              environment: production
              owner: team
              version: 1.%1$d.0
              location: agents/a%1$d
              description: |
                Of many lines,

                  some deeper, %1$d
              tags:
              - text
              - group %1$d
              dependencies: [%3$s]

          """
              .formatted(
                  i,
                  i % 5 == 4 ? "broken" : "example",
                  i % 3 == 2 ? "a0, a%d".formatted(i - 1) : ""));
    }
    return text.append(after).toString();
  }

  @Test
  void saysTheSameAsReadingAll() {
    long seed = Long.getLong("pirn.seed", System.nanoTime());
    Random random = new Random(seed);
    int again = 0;
    for (int i = 0; i < Integer.getInteger("pirn.edits", 20_000); i++) {
      String before =
          text(1 + random.nextInt(6), random.nextBoolean() ? "" : "config: {}\n# end\n");
      String after = edited(before, random);
      RegistryDecoder decoder = new RegistryDecoder();
      decoder.decode(content(before));
      Declared first = Declared.of(content(before));
      again += first.again(content(after)) != null ? 1 : 0;
      assertThat(said(decoder.decode(content(after))))
          .as("seed %d, edit %d%n%s", seed, i, after)
          .isEqualTo(said(new RegistryDecoder().decode(content(after))));
    }
    assertThat(again).as("edits read alone").isGreaterThan(500);
  }

  @Test
  void saysTheSameAfterManyEdits() {
    long seed = Long.getLong("pirn.seed", System.nanoTime());
    Random random = new Random(seed);
    String text = text(8, "config: {}\n");
    String good = text;
    for (int i = 0; i < Integer.getInteger("pirn.edits", 20_000) / 4; i++) {
      text = edited(random.nextInt(4) == 0 ? good : text, random);
      Decoded<AgentRegistry> full = new RegistryDecoder().decode(content(text));
      assertThat(said(decoder.decode(content(text))))
          .as("seed %d, edit %d%n%s", seed, i, text)
          .isEqualTo(said(full));
      if (full.value() != null) {
        good = text.length() < 20_000 ? text : text(8, "");
      } else {
        text = good;
      }
    }
  }

  private static String edited(String text, Random random) {
    int from = random.nextInt(text.length() + 1);
    int to = random.nextBoolean() ? from : Math.min(text.length(), from + random.nextInt(60));
    String piece =
        switch (random.nextInt(5)) {
          case 0 -> "";
          case 1 -> text.substring(to, Math.min(text.length(), to + random.nextInt(200)));
          case 2 -> Integer.toString(random.nextInt(10));
          case 3 -> PIECES.get(random.nextInt(PIECES.size())) + "\n";
          default -> PIECES.get(random.nextInt(PIECES.size()));
        };
    if (random.nextBoolean()) {
      // At the beginnings of lines, where what matters happens.
      from = text.lastIndexOf('\n', from) + 1;
      to = random.nextBoolean() ? from : Math.max(from, text.lastIndexOf('\n', to) + 1);
    }
    return text.substring(0, from) + piece + text.substring(Math.max(from, to));
  }

  private static List<Object> said(Decoded<AgentRegistry> decoded) {
    List<Object> all = new ArrayList<>(decoded.diagnostics());
    AgentRegistry value = decoded.value();
    if (value != null) {
      all.add(value);
      all.addAll(value.agents());
    }
    return all;
  }

  @Test
  void readsOneAgentOfManyAlone() {
    Declared all = Declared.of(content(text(50, "config: {}\n")));
    Declared changed = all.again(content(text(50, "config: {}\n").replace("1.20.0", "2.20.0")));
    assertThat(changed).isNotNull();
    assertThat(changed.agents().get(20).definition().version()).isEqualTo("2.20.0");
    assertThat(changed.agents().get(21)).isSameAs(all.agents().get(21));
  }

  @Test
  void looksAtReferencesAgainWhenAnAgentIsGone() {
    String text = text(9, "");
    Declared all = Declared.of(content(text));
    int start = text.indexOf("  a0:");
    String without = text.substring(0, start) + text.substring(text.indexOf("  # about 1\n"));
    Declared changed = all.again(content(without));
    assertThat(changed).isNotNull();
    assertThat(changed.agents().get(1).said())
        .hasToString("" + Declared.of(content(without)).agents().get(1).said());
    assertThat(changed.agents().get(1).definition()).isNull();
  }
}
