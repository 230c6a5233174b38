package dev.pirn.cli;

import dev.pirn.registry.Registry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `pirn registry schema`.
@Command(
    name = "schema",
    description = "Prints the JSON Schema of the agent registry's file, for editors.",
    footerHeading = "%nExamples:%n",
    footer = "  pirn registry schema > agent_registry.schema.json")
final class RegistrySchemaCommand implements Callable<Integer> {
  private final Session session;

  RegistrySchemaCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    SchemaText.print(session, Registry.schema());
    return Exit.DONE;
  }
}
