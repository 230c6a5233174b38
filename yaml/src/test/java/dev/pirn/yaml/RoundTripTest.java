package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Plain data is what the engine's own reader and writer say that it is.
class RoundTripTest {
  private static final String[] TEXTS = {
    "", " ", "a", "a b", "true", "null", "~", "1", "1.5", ".inf", "0x1F", "yes", "- a", "a: b",
        "#x",
    "a #b", "\"", "'", "\\", "a\nb", "a\n\nb\n", "\n", " a", "a ", "\t", "ä", "😀", "{{x}}", "@x",
        "*x",
    "!x", "&x", "%x", "|", ">", "<<", "[", "}", ",", "?", "-", ":", "---", "...", "a".repeat(200)
  };

  @Test
  void whatTheEngineWritesIsReadBack() {
    for (long seed = 1; seed <= 1500; seed++) {
      Random random = new Random(seed);
      Object data = randomData(random, 0);
      String text = new Dump(randomSettings(random)).dumpToString(data);
      Decoded<Object> decoded = Yaml.decoder(Object.class).decode(Golden.content(text));
      assertThat(decoded.value())
          .as("seed %d, problems %s, text:%n%s", seed, decoded.diagnostics(), text)
          .isEqualTo(data);
    }
  }

  @Test
  @EnabledIf(value = "dev.pirn.yaml.RealFiles#present", disabledReason = "pirn.data has no files")
  void realFilesGiveWhatTheEngineGives() {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    for (Path file : RealFiles.list()) {
      Content content = RealFiles.read(file);
      Object engine =
          new Load(settings).loadFromString(new String(content.bytes(), StandardCharsets.UTF_8));
      assertThat(Yaml.decoder(Object.class).decode(content).value())
          .as(file.toString())
          .isEqualTo(withLongs(engine));
    }
  }

  private static @Nullable Object randomData(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 2 : depth > 4 ? 6 : 8);
    if (depth == 0) {
      kind += 6;
    }
    return switch (kind) {
      case 0 -> depth > 0 ? null : "";
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong() >> random.nextInt(64);
      case 3 -> random.nextInt() / 16.0;
      case 4, 5 -> TEXTS[random.nextInt(TEXTS.length)];
      case 6 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          list.add(randomData(random, depth + 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          map.put(TEXTS[random.nextInt(TEXTS.length)], randomData(random, depth + 1));
        }
        yield map;
      }
    };
  }

  private static DumpSettings randomSettings(Random random) {
    return DumpSettings.builder()
        .setSchema(new CoreSchema())
        .setDefaultFlowStyle(FlowStyle.values()[random.nextInt(FlowStyle.values().length)])
        .setDefaultScalarStyle(random.nextBoolean() ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED)
        .setWidth(20 + random.nextInt(100))
        .setIndent(2 + random.nextInt(4))
        .setDereferenceAliases(true)
        .build();
  }

  /// The engine makes an `Integer` where the number is small.
  private static @Nullable Object withLongs(@Nullable Object value) {
    return switch (value) {
      case Integer number -> number.longValue();
      case List<?> list -> list.stream().map(RoundTripTest::withLongs).toList();
      case Map<?, ?> map -> {
        Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), withLongs(item)));
        yield copy;
      }
      case null, default -> value;
    };
  }
}
