package dev.pirn.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Without `LANG`, as in a bare container, the JDK knows ASCII names only.
@EnabledOnOs(OS.LINUX)
class PlainLocaleTest {
  @TempDir Path folder;

  /// Watches a folder, has two files made, and prints what it sees.
  static final class Program {
    private Program() {}

    static void main(String[] arguments) throws IOException, InterruptedException {
      Path root = Path.of(arguments[0]);
      try (Watcher watcher = Watcher.open();
          Watch watch =
              watcher.watch(
                  WatchSpec.tree(root),
                  changes ->
                      changes.changes().forEach(change -> System.out.println(change.path())))) {
        String make = "printf x > \"$(printf 'b\\303\\266')\"; printf x > plain";
        new ProcessBuilder("sh", "-c", make).directory(root.toFile()).start().waitFor();
        System.out.println(watch.sync(java.time.Duration.ofSeconds(20)));
        watch.state().problems().forEach(problem -> System.out.println(problem.message()));
        watch.state().problems().forEach(problem -> System.out.println(problem.help()));
      }
    }
  }

  @Test
  void leavesOutNamesThatCannotBeSaidAndSaysWhatToDo() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            Path.of("target/classes").toAbsolutePath()
                + ":"
                + Path.of("target/test-classes").toAbsolutePath(),
            Program.class.getName(),
            folder.toString());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.equals("LANG") || name.startsWith("LC_"));
    environment.put("LC_ALL", "C");
    Path output = Files.createTempFile("plain", ".txt");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readAllLines(output))
        .containsExactly(
            folder.resolve("plain").toString(),
            "true",
            "a name in this folder is not valid in US-ASCII (\"b??\"), and is left out",
            "rename it, or start Java with LANG=C.UTF-8");
    Files.delete(output);
  }
}
