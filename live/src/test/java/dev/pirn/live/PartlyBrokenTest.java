package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of lines `key=value` that break line by line: a value that starts with `!` is broken.
class PartlyBrokenTest {
  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
  }

  private static final class Lines implements Decoder<Map<String, String>> {
    @Override
    public Decoded<Map<String, String>> decode(Content content) {
      return decode(content, null);
    }

    @Override
    public Decoded<Map<String, String>> decode(
        Content content, @Nullable Map<String, String> inForce) {
      Map<String, String> value = new TreeMap<>();
      List<Diagnostic> said = new ArrayList<>();
      for (String line : new String(content.bytes(), StandardCharsets.UTF_8).lines().toList()) {
        String key = line.substring(0, line.indexOf('='));
        String text = line.substring(line.indexOf('=') + 1);
        if (!text.startsWith("!")) {
          value.put(key, text);
          continue;
        }
        String before = inForce == null ? null : inForce.get(key);
        if (before != null) {
          value.put(key, before);
        }
        said.add(
            Diagnostic.error("TEST-2", Place.of(content.file()), key + " is broken")
                .inForce(before == null ? "nothing" : before));
      }
      return Decoded.partly(value, said);
    }
  }

  private Live<Map<String, String>> open() {
    return Live.of(Source.file(desk.at("a.txt"), new Lines())).open();
  }

  @Test
  void whatIsBrokenStaysAsItIsInForceAndTheRestGoesOn() {
    desk.write("a.txt", "a=1\nb=1\n");
    try (Live<Map<String, String>> live = open()) {
      Outcomes<Map<String, String>> outcomes = new Outcomes<>();
      live.onReload(outcomes);
      desk.write("a.txt", "a=!\nb=2\n");
      assertThat(outcomes.await(1)).isInstanceOf(Reload.Applied.class);
      assertThat(live.get()).isEqualTo(Map.of("a", "1", "b", "2"));
      assertThat(outcomes.await(1).diagnostics())
          .extracting(Diagnostic::inForce)
          .containsExactly("1");
      assertThat(live.diagnostics()).extracting(Diagnostic::message).containsExactly("a is broken");

      desk.write("a.txt", "a=!!\nb=3\n");
      Desk.sync(live);
      assertThat(live.get()).as("kept over two broken versions").containsEntry("a", "1");
      desk.write("a.txt", "a=2\nb=3\n");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a", "2", "b", "3"));
      assertThat(live.diagnostics()).isEmpty();
    }
  }

  @Test
  void afterARollbackWhatIsInForceIsTheLastGood() {
    desk.write("a.txt", "a=1\n");
    try (Live<Map<String, String>> live = open()) {
      desk.write("a.txt", "a=2\n");
      Desk.sync(live);
      live.rollback(1);
      desk.write("a.txt", "a=!\nb=1\n");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a", "1", "b", "1"));
    }
  }

  @Test
  void atTheOpeningNothingIsInForceOfABrokenPart() {
    desk.write("a.txt", "a=!\nb=1\n");
    try (Live<Map<String, String>> live = open()) {
      assertThat(live.get()).isEqualTo(Map.of("b", "1"));
      assertThat(live.diagnostics()).extracting(Diagnostic::inForce).containsExactly("nothing");
    }
  }

  @Test
  void aValueWithErrorsIsNeverMadeByAccident() {
    Diagnostic error = Diagnostic.error("TEST-2", null, "no");
    assertThatThrownBy(() -> Decoded.of("a", List.of(error)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a result with a value cannot have an error, unless");
    assertThat(Decoded.partly("a", List.of(error)).value()).isEqualTo("a");
  }
}
