package dev.pirn.cli;

import dev.pirn.patterns.Patterns;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `pirn patterns schema`.
@Command(
    name = "schema",
    description = "Prints the JSON Schema of a pattern file, for editors.",
    footerHeading = "%nExamples:%n",
    footer = "  pirn patterns schema > pattern.schema.json")
final class PatternsSchemaCommand implements Callable<Integer> {
  private final Session session;

  PatternsSchemaCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    SchemaText.print(session, Patterns.schema());
    return Exit.DONE;
  }
}
