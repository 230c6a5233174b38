package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Whatever lies in the folder: the sound pattern beside it stays, and what is wrong is said of the
/// right file.
class BadInputTest {
  @TempDir private Path dir;

  @Test
  void brokenYaml() throws Exception {
    Files.writeString(dir.resolve("bad.yaml"), "name: bad\n category: [\n");
    assertErrorAt("bad.yaml");
  }

  @Test
  void aBinaryFile() throws Exception {
    byte[] bytes = new byte[10_000];
    new Random(3).nextBytes(bytes);
    Files.write(dir.resolve("bad.yaml"), bytes);
    assertErrorAt("bad.yaml");
  }

  @Test
  void aHugeFile() throws Exception {
    Files.write(dir.resolve("bad.yaml"), new byte[50 * 1024 * 1024]);
    assertErrorAt("bad.yaml");
  }

  @Test
  void aBillionLaughs() throws Exception {
    StringBuilder text = new StringBuilder("name: bad\ncategory: c\na0: &a0 [x]\n");
    for (int i = 1; i < 20; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
    }
    Files.writeString(dir.resolve("bad.yaml"), text);
    assertErrorAt("bad.yaml");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatCannotBeRead() throws Exception {
    // Its first page is never mapped, so that reading fails for every user, root included.
    Files.createSymbolicLink(dir.resolve("bad.yaml"), Path.of("/proc/self/mem"));
    assertErrorAt("bad.yaml");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLoopOfLinks() throws Exception {
    Files.createSymbolicLink(dir.resolve("loop"), dir);
    Files.createSymbolicLink(dir.resolve("bad.yaml"), dir.resolve("bad.yaml"));
    try (Patterns patterns = openWithAGoodOne()) {
      assertThat(patterns.library().names()).containsExactly("good");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipe() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", dir.resolve("bad.yaml").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
    try (Patterns patterns = openWithAGoodOne()) {
      assertThat(patterns.library().names()).containsExactly("good");
      assertThat(patterns.reload("bad.yaml").value()).isNull();
    }
  }

  @Test
  void manyReadersAndWritersSeeWholePatternsOnly() throws Exception {
    try (Patterns patterns = openWithAGoodOne();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers =
          IntStream.range(0, 5)
              .<Future<?>>mapToObj(writer -> threads.submit(() -> writeAll(writer)))
              .toList();
      List<Future<?>> readers =
          IntStream.range(0, 8)
              .<Future<?>>mapToObj(_ -> threads.submit(() -> readAll(patterns, writers)))
              .toList();
      for (Future<?> reader : readers) {
        reader.get();
      }
      assertThat(patterns.live().sync(Duration.ofSeconds(10))).isTrue();
      assertThat(patterns.library().names()).containsExactly("good", "p0", "p1", "p2", "p3", "p4");
      assertThat(patterns.search("last")).hasSize(5);
      assertThat(patterns.diagnostics()).isEmpty();
    }
  }

  private Object writeAll(int writer) throws IOException {
    for (int i = 0; i < 20; i++) {
      String tag = i == 19 ? "last" : "tag" + i;
      Files.writeString(
          dir.resolve("p" + writer + ".yaml"),
          Sample.pattern("p" + writer, "c" + i, "tags: [" + tag + ", c" + i + "]"));
    }
    return writer;
  }

  private static void readAll(Patterns patterns, List<Future<?>> writers) {
    while (!writers.stream().allMatch(Future::isDone)) {
      for (SearchHit hit : patterns.search("about")) {
        Pattern pattern = hit.pattern().pattern();
        if (!pattern.name().equals("good")) {
          assertThat(pattern.tags().getLast()).isEqualTo(pattern.category());
        }
      }
      assertThat(patterns.library().get("good")).isPresent();
    }
  }

  private void assertErrorAt(String name) throws Exception {
    try (Patterns patterns = openWithAGoodOne()) {
      assertThat(patterns.library().names()).containsExactly("good");
      List<Diagnostic> errors =
          patterns.diagnostics().stream().filter(Diagnostic::isError).toList();
      assertThat(errors)
          .isNotEmpty()
          .allSatisfy(error -> {
            Place place = Objects.requireNonNull(error.place());
            assertThat(place.file()).isEqualTo(dir.resolve(name));
          });
      Files.writeString(dir.resolve("good.yaml"), Sample.pattern("good", "edited"));
      assertThat(patterns.live().sync(Duration.ofSeconds(10))).isTrue();
      assertThat(patterns.library().categories()).containsExactly("edited");
    }
  }

  private Patterns openWithAGoodOne() throws IOException {
    Files.writeString(dir.resolve("good.yaml"), Sample.pattern("good", "c"));
    return Patterns.open(PatternOptions.of(dir));
  }
}
