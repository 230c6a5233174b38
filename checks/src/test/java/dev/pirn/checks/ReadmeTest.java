package dev.pirn.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README shows is what happens.
class ReadmeTest {
  private static final Path HOME = Path.of(System.getProperty("pirn.home", ".."));
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  @TempDir Path folder;

  @Test
  void theProgramOfTenLinesFollowsItsFile() throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(HOME.resolve("README.md")));
    assertThat(block.find()).as("a java block in the README").isTrue();
    Path program = Files.writeString(folder.resolve("Follow.java"), block.group(1));
    Path file = Files.writeString(folder.resolve("app.yaml"), "name: one\nworkers: 4\n");

    Process process = java(program);
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread reader = Thread.ofVirtual().start(() -> read(process, lines));
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> lines.contains("App[name=one, workers=4]") || !process.isAlive());
      assertThat(lines).contains("App[name=one, workers=4]");
      Files.writeString(file, "name: two\nworkers: 8\n");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> lines.contains("App[name=two, workers=8]"));
      Files.writeString(file, "name: two\nworkers: many\n");
      Files.writeString(file, "name: three\nworkers: 2\n");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> lines.contains("App[name=three, workers=2]"));
    } finally {
      process.destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      reader.join();
    }
  }

  private Process java(Path program) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            program.toString())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
  }

  private static void read(Process process, List<String> lines) {
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // The process was ended.
    }
  }

  @Test
  void itIsShort() throws IOException {
    assertThat(Files.readAllLines(HOME.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
  }
}
