package dev.pirn.cli;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.registry.Registry;
import dev.pirn.registry.RegistryOptions;
import dev.pirn.server.Views;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
final class RegistryValidateCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file.")
  @Nullable Path file;

  @Option(names = "--strict", description = "Exit with 3 when there are warnings.")
  boolean strict;

  @Mixin JsonOption json = new JsonOption();

  RegistryValidateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Workspace workspace = session.workspace();
    List<Diagnostic> found = file == null ? declared(workspace) : named(session.resolve(file));
    if (json.json) {
      session.console().line(Views.of(workspace).diagnostics(found).encodePrettily());
    } else {
      String problems =
          found.isEmpty() ? "" : session.console().output(session.folder()).render(found) + "\n";
      session.console().print(problems + Diagnostics.summary(found) + "\n");
    }
    int exit = Strictness.exit(found);
    return exit == Exit.WARNINGS && !strict ? Exit.DONE : exit;
  }

  private static List<Diagnostic> declared(Workspace workspace) {
    Decoded<WorkspaceConfig> config = workspace.readConfig();
    WorkspaceConfig value = config.value();
    return value == null
        ? config.diagnostics()
        : Registry.validate(workspace.registryOptions(value));
  }

  private static List<Diagnostic> named(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new Failure(Problems.unreadable(file, "it does not exist"));
    }
    return Registry.validate(RegistryOptions.of(file));
  }
}
