package dev.pirn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// The completion script for fish, which picocli does not make.
final class FishCompletion {
  private final CommandLine root;
  private final StringBuilder script = new StringBuilder();

  FishCompletion(CommandLine root) {
    this.root = root;
  }

  String script() {
    script.append("# Completion of pirn for fish: pirn completion fish | source\n");
    script.append("complete -c pirn -f\n");
    command(root, List.of());
    return script.toString();
  }

  private void command(CommandLine command, List<String> path) {
    List<CommandLine> below = visible(command);
    String inside =
        path.stream()
            .map("__fish_seen_subcommand_from %s"::formatted)
            .collect(Collectors.joining("; and "));
    String names = below.stream().map(CommandLine::getCommandName).collect(Collectors.joining(" "));
    String before = below.isEmpty() ? "" : "not __fish_seen_subcommand_from " + names;
    for (CommandLine one : below) {
      line(and(inside, before), "-a " + one.getCommandName(), description(one));
    }
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden() && (path.isEmpty() || !option.inherited())) {
        line(inside, option(option), first(option.description()));
      }
    }
    for (CommandLine one : below) {
      List<String> deeper = new ArrayList<>(path);
      deeper.add(one.getCommandName());
      command(one, deeper);
    }
  }

  private static List<CommandLine> visible(CommandLine command) {
    return command.getSubcommands().values().stream()
        .distinct()
        .filter(it -> !it.getCommandSpec().usageMessage().hidden())
        .toList();
  }

  private static String description(CommandLine command) {
    return first(command.getCommandSpec().usageMessage().description());
  }

  private static String first(String[] lines) {
    return lines.length == 0 ? "" : lines[0];
  }

  private static String option(OptionSpec option) {
    StringBuilder words = new StringBuilder();
    for (String name : option.names()) {
      words.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    return words.append(option.arity().max() > 0 ? " -r -F" : "").toString().strip();
  }

  private static String and(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + "; and " + other;
  }

  private void line(String condition, String what, String description) {
    script.append("complete -c pirn");
    if (!condition.isEmpty()) {
      script.append(" -n '").append(condition).append('\'');
    }
    script
        .append(' ')
        .append(what)
        .append(" -d '")
        .append(description.replace("'", "\\'"))
        .append("'\n");
  }
}
