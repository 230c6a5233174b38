package dev.pirn.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn patterns reload [NAME]`.
@Command(
    name = "reload",
    description = "Has the server read one pattern's file again, or all of them.",
    footerHeading = "%nExamples:%n",
    footer = {"  pirn patterns reload", "  pirn patterns reload find_duplicate_rows"})
final class PatternsReloadCommand extends DataCommand {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this pattern's file.")
  @Nullable String name;

  @Mixin JsonOption json = new JsonOption();

  PatternsReloadCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    return printOutcome(answers.reload(name), json.json);
  }
}
