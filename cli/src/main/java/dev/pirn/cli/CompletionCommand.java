package dev.pirn.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pirn completion SHELL`.
@Command(
    name = "completion",
    description = "Prints a script that completes commands and options in a shell.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  bash: source <(pirn completion bash)",
      "  zsh:  source <(pirn completion zsh)",
      "  fish: pirn completion fish | source"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  Shell shell = Shell.BASH;

  /// The shells that there is a script for.
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CommandLine commands = Commands.describe(session);
    String script =
        switch (shell) {
          // The script tells the two shells apart by itself.
          case BASH, ZSH -> AutoComplete.bash("pirn", commands);
          case FISH -> new FishCompletion(commands).script();
        };
    session.console().print(script);
    return Exit.DONE;
  }
}
