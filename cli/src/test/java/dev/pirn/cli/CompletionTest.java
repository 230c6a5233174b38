package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void theScriptNamesCommandsAndOptions(String shell) {
    Ran ran = Desk.empty(folder).run("completion", shell);
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("patterns", "rollback", "if-match", "patterns-dir");
  }

  @Test
  void bashUnderstandsItsScript() throws IOException, InterruptedException {
    Path script = folder.resolve("completion.bash");
    Files.writeString(script, Desk.empty(folder).run("completion", "bash").out());
    assertThat(bash("bash -n " + script)).isEmpty();
  }

  @Test
  void bashCompletesACommand() throws IOException, InterruptedException {
    Path script = folder.resolve("completion.bash");
    Files.writeString(script, Desk.empty(folder).run("completion", "bash").out());
    String answer =
        bash(
            "source %s; COMP_WORDS=(pirn patterns rol); COMP_CWORD=2; _complete_pirn 2> /dev/null;"
                    .formatted(script)
                + " echo \"${COMPREPLY[@]}\"");
    assertThat(answer.strip()).isEqualTo("rollback");
  }

  @Test
  void fishIsToldEveryOptionOfACommandOnlyThere() {
    String script = Desk.empty(folder).run("completion", "fish").out();
    assertThat(script.lines())
        .contains(
            "complete -c pirn -n '__fish_seen_subcommand_from serve' -l port -r -F -d 'The port; 0"
                + " for any that is free. Goes before server.port in pirn.yaml.'")
        .allMatch(line -> line.startsWith("#") || line.startsWith("complete -c pirn"));
  }

  private static String bash(String script) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(text).isZero();
    return text;
  }
}
