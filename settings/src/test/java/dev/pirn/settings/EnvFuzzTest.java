package dev.pirn.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a file holds, it gives settings or errors with places in it, and never an exception.
class EnvFuzzTest {
  private static final long SEED = Long.getLong("pirn.seed", System.nanoTime());
  private static final String MEANINGFUL = "\"'`\\${}:-=# \t\n\r\0\ufeffA_.1\u00e9";

  @Test
  void noFileThrows() throws Exception {
    byte[] real = getClass().getResourceAsStream("real.env").readAllBytes();
    Random random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = i % 2 == 0 ? mutated(real, random) : made(random);
      Decoded<EnvFile> decoded = Desk.decode(bytes);
      EnvFile file = decoded.value();
      assertThat(file == null)
          .as("seed %d, round %d", SEED, i)
          .isEqualTo(Diagnostic.anyError(decoded.diagnostics()));
      decoded.diagnostics().forEach(it -> assertThat(Rendering.plain().render(it)).isNotEmpty());
      if (file != null) {
        Resolver resolver =
            new Resolver(List.of(file), Map.of("HOME", "/h"), Secrets.of(List.of()));
        resolver.settings();
        resolver.problems().forEach(it -> assertThat(it.place()).isNotNull());
      }
    }
  }

  private static byte[] made(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i >= 0; i--) {
      text.append(MEANINGFUL.charAt(random.nextInt(MEANINGFUL.length())));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] mutated(byte[] real, Random random) {
    byte[] bytes = real.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          random.nextInt(8) == 0
              ? (byte) random.nextInt(256)
              : (byte) MEANINGFUL.charAt(random.nextInt(MEANINGFUL.length() - 2));
    }
    return bytes;
  }
}
