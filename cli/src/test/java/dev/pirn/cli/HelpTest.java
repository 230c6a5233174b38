package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HelpTest {
  private static final Path GUIDE = Desk.HOME.resolve("docs/guide/cli.md");
  private static final String MARK = "<!-- generated: what --help prints -->\n";

  @TempDir Path folder;

  private CommandLine commands() {
    Session session = new Session(Console.system(), folder, Map.of());
    return Commands.describe(session)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
  }

  private static List<CommandLine> all(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().stream()
        .filter(it -> !it.getCommandSpec().usageMessage().hidden())
        .forEach(it -> all.addAll(all(it)));
    return all;
  }

  @Test
  void namesEveryCommandBelowIt() {
    for (CommandLine command : all(commands())) {
      String help = command.getUsageMessage();
      command
          .getSubcommands()
          .forEach((name, below) -> {
            if (!below.getCommandSpec().usageMessage().hidden()) {
              assertThat(help).contains("  " + name + " ");
            }
          });
    }
  }

  @Test
  void everyCommandHasADescriptionAndTheLastOnesHaveExamples() {
    for (CommandLine command : all(commands())) {
      CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();
      assertThat(usage.description()).as(command.getCommandName()).isNotEmpty();
      if (command.getSubcommands().isEmpty()) {
        assertThat(usage.footer()).as(command.getCommandName()).isNotEmpty();
      }
    }
  }

  @Test
  void noLineIsWiderThanATerminal() {
    for (CommandLine command : all(commands())) {
      assertThat(command.getUsageMessage().lines()).allMatch(line -> line.length() <= 80);
    }
  }

  @Test
  void printsHelpForEveryCommandWithDone() {
    Desk desk = Desk.empty(folder);
    for (CommandLine command : all(commands())) {
      List<String> words =
          new ArrayList<>(List.of(command.getCommandSpec().qualifiedName().split(" ")));
      words.removeFirst();
      words.add("--help");
      Ran ran = desk.run(words.toArray(String[]::new));
      assertThat(ran.exit()).isZero();
      assertThat(ran.out()).startsWith("Usage: " + command.getCommandSpec().qualifiedName());
    }
  }

  /// With `-Dpirn.golden=write` the page is written anew.
  @Test
  void theGuideShowsTheHelpOfEveryCommand() throws IOException {
    String guide = Files.readString(GUIDE);
    StringBuilder expected =
        new StringBuilder(guide.substring(0, guide.indexOf(MARK))).append(MARK);
    for (CommandLine command : all(commands())) {
      expected
          .append("\n### %s\n```text\n".formatted(command.getCommandSpec().qualifiedName()))
          .append(command.getUsageMessage())
          .append("```\n");
    }
    if ("write".equals(System.getProperty("pirn.golden"))) {
      Files.writeString(GUIDE, expected);
    }
    assertThat(guide).isEqualTo(expected.toString());
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    Ran ran = Desk.empty(folder).run("--version");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).startsWith("pirn ").contains("(Java ");
  }
}
