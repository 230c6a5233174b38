package dev.pirn.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is written is read back as it was, whatever it is and wherever it goes.
class RoundTripTest {
  private static final long SEED = Long.getLong("pirn.seed", System.nanoTime());

  /// What has a meaning somewhere, more often than it would come by chance.
  private static final List<String> PIECES =
      List.of(
          "\"",
          "'",
          "`",
          "\\",
          "\\\\",
          "\\n",
          "$",
          "${",
          "${A}",
          "${B:-x}",
          "}",
          "\\${",
          "#",
          " #",
          "\t#",
          "=",
          " ",
          "\t",
          "\n",
          "\r",
          "\r\n",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\u000b",
          "a",
          "export ",
          "B=1",
          "\nB=1\n",
          "ü",
          "漢",
          "\ud83d\ude00",
          "-",
          "0");

  @Test
  void everyValueIsReadBackAsItWasWritten() {
    Random random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      String value = value(random);
      for (Quote like : new Quote[] {null, Quote.NONE, Quote.SINGLE, Quote.DOUBLE}) {
        String text = "A=" + Quoting.write(value, like) + "\n";
        assertThat(Desk.value(text)).as("seed %d, %s", SEED, text).isEqualTo(value);
      }
    }
  }

  @Test
  void anEditChangesItsKeyAndNothingElse() {
    Random random = new Random(SEED);
    for (int i = 0; i < 3_000; i++) {
      String text = file(random);
      EnvFile file = new EnvFile(new EnvText(Path.of("/w/.env"), ""), false, List.of());
      if (!text.isBlank()) {
        file = Desk.decode(text).value();
      }
      Map<String, String> expected =
          text.isBlank() ? new HashMap<>() : new HashMap<>(Desk.values(text, Map.of()));
      String key = "K" + random.nextInt(6);
      Optional<String> value =
          random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value(random));
      String edited = EnvEdit.apply(file, Map.of(key, value));
      value.ifPresentOrElse(it -> expected.put(key, it), () -> expected.remove(key));
      assertThat(Desk.values(edited, Map.of()))
          .as("seed %d, %s of%n%s", SEED, key, text)
          .isEqualTo(expected);
      assertThat(comments(edited)).as("seed %d", SEED).containsAll(comments(text));
    }
  }

  private static List<String> comments(String text) {
    return text.lines().map(String::strip).filter(line -> line.startsWith("#c")).toList();
  }

  private static String file(Random random) {
    String end = random.nextBoolean() ? "\n" : "\r\n";
    String text =
        IntStream.range(0, random.nextInt(8))
            .mapToObj(i ->
                switch (random.nextInt(4)) {
                  case 0 -> "#c" + i;
                  case 1 -> "";
                  default ->
                      (random.nextBoolean() ? "export " : "  ")
                          + "K"
                          + random.nextInt(6)
                          + (random.nextBoolean() ? "=" : " = ")
                          + List.of("", "x", "'x'", "\"x y\"", "''").get(random.nextInt(5))
                          + (random.nextBoolean() ? " # c" : "");
                })
            .collect(Collectors.joining(end));
    return text + (random.nextBoolean() ? end : "");
  }

  private static String value(Random random) {
    return IntStream.range(0, random.nextInt(7))
        .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
        .collect(Collectors.joining());
  }
}
