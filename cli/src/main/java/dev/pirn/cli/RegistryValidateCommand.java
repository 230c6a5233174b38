package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import dev.pirn.registry.Registry;
import dev.pirn.registry.RegistryOptions;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pirn registry validate [FILE]`; always looks at the file, whatever a server has in force.
@Command(
    name = "validate",
    description = {
      "Says what is wrong with a registry's file, without a server.",
      "Without a FILE the workspace's is checked."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn registry validate",
      "  pirn registry validate --strict draft.yaml    also fail with warnings (exit code 3)"
    })
final class RegistryValidateCommand extends ValidateCommand {
  @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file.")
  @Nullable Path file;

  RegistryValidateCommand(Session session) {
    super(session);
  }

  @Override
  List<Path> named() {
    return file == null ? List.of() : List.of(file);
  }

  @Override
  List<Diagnostic> validate(List<Path> files) {
    Path only = files.getFirst();
    mustExist(only);
    return Registry.validate(RegistryOptions.of(only));
  }

  @Override
  List<Diagnostic> validate(Workspace workspace, WorkspaceConfig config) {
    return Registry.validate(workspace.registryOptions(config));
  }
}
