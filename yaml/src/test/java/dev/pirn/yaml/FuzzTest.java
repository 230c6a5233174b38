package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Decoder;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.live.Rendering;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damaged files give a value or problems with places in the file, in bounded time, and nothing is
/// ever thrown. `-Dpirn.fuzz.seed=N` starts at another seed, `-Dpirn.fuzz.runs=N` runs longer.
class FuzzTest {
  private static final long FIRST_SEED = Long.getLong("pirn.fuzz.seed", 1);
  private static final int RUNS = Integer.getInteger("pirn.fuzz.runs", 3_000);
  private static final long LONGEST = Duration.ofSeconds(5).toNanos();
  private static final Decoder<Everything> DECODER = Yaml.decoder(Everything.class);

  /// What is likely to mean something to a reader of YAML.
  private static final String[] PIECES = {
    "\n",
    "\t",
    " ",
    "  ",
    ": ",
    ":",
    "- ",
    "-",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    " #",
    "&a ",
    "*a",
    "!",
    "!!str ",
    "|",
    ">",
    "'",
    "\"",
    "%",
    "@",
    "`",
    "<<: ",
    "---\n",
    "...\n",
    "\\",
    "\\u",
    "\\U",
    "~",
    "null",
    "\r",
    "\r\n",
    "\0",
    "\uFEFF",
    "😀",
    "ä",
    "{{",
    "}}",
    "\u2028",
    "\u0085",
    "999999999999"
  };

  @Test
  void damagedFilesAreReadOrExplained() {
    List<Content> files = files();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
      Random random = new Random(seed);
      Content file = files.get(random.nextInt(files.size()));
      check(new Content(file.file(), damaged(file.bytes(), random)), seed);
    }
  }

  @Test
  void randomPiecesAreReadOrExplained() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 10L * RUNS; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i >= 0; i--) {
        text.append(random.nextInt(3) == 0 ? "a" : PIECES[random.nextInt(PIECES.length)]);
      }
      check(Golden.content(text.toString()), seed);
    }
  }

  private static void check(Content content, long seed) {
    String description =
        "seed %d:%n%s".formatted(seed, new String(content.bytes(), StandardCharsets.UTF_8));
    long start = System.nanoTime();
    try {
      Decoded<YamlNode> parsed = Yaml.parse(content);
      Decoded<Everything> decoded = DECODER.decode(content);
      assertThat(parsed.value() == null ? decoded.value() : null).as(description).isNull();
      for (Diagnostic diagnostic : decoded.diagnostics()) {
        assertThat(Rendering.plain().render(diagnostic)).as(description).isNotBlank();
        checkPlace(diagnostic.place(), content, description);
      }
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(description, e);
    }
    assertThat(System.nanoTime() - start).as(description).isLessThan(LONGEST);
  }

  private static void checkPlace(Place place, Content content, String description) {
    if (place == null || place.wholeFile()) {
      return;
    }
    String text = new String(content.bytes(), StandardCharsets.UTF_8);
    String[] lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\r|\n", -1);
    assertThat(place.line()).as(description).isLessThanOrEqualTo(lines.length);
    String line = lines[place.line() - 1];
    int length = line.codePointCount(0, line.length());
    assertThat(place.column()).as(description).isBetween(1, length + 1);
    assertThat(place.column() + place.length() - 1).as(description).isLessThanOrEqualTo(length + 1);
    if (place.text() != null) {
      assertThat(place.text()).as(description).isEqualTo(line);
    }
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    byte[] result = bytes;
    for (int i = random.nextInt(4); i >= 0; i--) {
      result = damagedOnce(result, random);
    }
    return result;
  }

  private static byte[] damagedOnce(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, random.nextInt(30));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    switch (random.nextInt(5)) {
      case 0 -> out.write(bytes[at] ^ (1 << random.nextInt(8))); // a flipped bit
      case 1 -> at += length; // a part is missing
      case 2 -> out.write(bytes, at, length); // a part is there twice
      case 3 ->
          out.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
      default -> at = bytes.length - (random.nextBoolean() ? 0 : length); // the end is missing
    }
    at = Math.min(at, bytes.length);
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }

  /// The real files where there are any, and the inputs of the golden files.
  private static List<Content> files() {
    List<Content> files = new ArrayList<>();
    if (RealFiles.present()) {
      for (Path file : RealFiles.list()) {
        files.add(RealFiles.read(file));
      }
    }
    for (String name : new String[] {"syntax.txt", "structure.txt", "binding.txt"}) {
      for (Golden golden : Golden.read(name)) {
        files.add(Golden.content(golden.input()));
      }
    }
    return files;
  }
}
