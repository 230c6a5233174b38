package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Does what `docs/guide/agents.md` tells, in its order: writes its files and runs its commands. A
/// block of text is in the output of the commands before it. Commands that do not end by themselves
/// are marked with what they print: `until=WORDS`.
class AgentsGuideIT {
  private static final Path GUIDE = Desk.HOME.resolve("docs/guide/agents.md");
  private static final Pattern BLOCK =
      Pattern.compile("```(yaml|sh|text)(?: (\\S+))?\n((?s:.*?))```\n");

  @TempDir Path folder;
  @TempDir Path outputs;

  @Test
  void everyCommandDoesWhatThePageSays() throws Exception {
    String output = "";
    int commands = 0;
    try (Launched pirn = new Launched(folder, outputs)) {
      try {
        for (MatchResult block : BLOCK.matcher(Files.readString(GUIDE)).results().toList()) {
          String text = block.group(3);
          switch (block.group(1)) {
            case "yaml" -> write(block.group(2), text);
            case "sh" -> {
              commands++;
              output = run(pirn, text, block.group(2));
            }
            default -> assertThat(output).contains(text.strip());
          }
        }
      } finally {
        pirn.run(
            Files.exists(folder.resolve(".pirn/server.json")) ? 0 : 1, "agents", "stop", "--all");
      }
    }
    assertThat(commands).isGreaterThanOrEqualTo(8);
    assertThat(Launched.processesWith(folder.toString())).isEmpty();
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static String run(Launched pirn, String script, String until) throws Exception {
    List<String> command = List.of("bash", "-e", "-c", script);
    if (until == null) {
      Ran ran = pirn.runCommand(0, command);
      return ran.out() + ran.err();
    }
    Launched.Running running = pirn.startCommand(command);
    running.until(Pattern.quote(until.substring("until=".length())));
    running.process().destroy();
    assertThat(running.exit()).isZero();
    return running.out() + running.err();
  }
}
