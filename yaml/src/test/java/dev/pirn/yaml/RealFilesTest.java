package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@EnabledIf(value = "dev.pirn.yaml.RealFiles#present", disabledReason = "pirn.data has no files")
class RealFilesTest {
  static List<Path> files() {
    return RealFiles.list();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyKeyAndPlainValueStandsWhereItsPlaceSays(Path file) {
    Content content = RealFiles.read(file);
    Decoded<YamlNode> decoded = Yaml.parse(content);
    assertThat(decoded.diagnostics()).isEmpty();
    List<String> lines = new String(content.bytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(check(decoded.value(), lines)).isPositive();
  }

  /// How many places were checked.
  private static int check(YamlNode node, List<String> lines) {
    return switch (node) {
      case YamlScalar scalar -> {
        if (scalar.plain() && !scalar.isNull()) {
          assertThat(scalar.text()).startsWith(marked(scalar.place(), lines).split(" #")[0]);
        }
        yield 1;
      }
      case YamlList list -> list.items().stream().mapToInt(item -> check(item, lines)).sum();
      case YamlMap map -> {
        int checked = 0;
        for (YamlMap.Entry entry : map.entries()) {
          Place place = map.keyPlace(entry.key().text());
          assertThat(marked(place, lines))
              .isIn(entry.key().text(), "\"" + entry.key().text() + "\"");
          checked += 1 + check(entry.value(), lines);
        }
        yield checked;
      }
    };
  }

  private static String marked(Place place, List<String> lines) {
    String line = lines.get(place.line() - 1);
    assertThat(place.text()).isEqualTo(line);
    int start = line.offsetByCodePoints(0, place.column() - 1);
    return line.substring(start, line.offsetByCodePoints(start, place.length()));
  }
}
