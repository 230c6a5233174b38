package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import dev.pirn.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pirn settings validate [FILE…]`; always looks at the files, whatever a server has in force.
@Command(
    name = "validate",
    description = {
      "Says what is wrong with files of settings, without a server.",
      "Several files are one whole, in which a later one goes before an earlier one. Without a FILE"
          + " those of the workspace are checked."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn settings validate",
      "  pirn settings validate --strict .env .env.local    also fail with warnings"
    })
final class SettingsValidateCommand extends ValidateCommand {
  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files like .env.")
  List<Path> files = List.of();

  SettingsValidateCommand(Session session) {
    super(session);
  }

  @Override
  List<Path> named() {
    return files;
  }

  @Override
  List<Diagnostic> validate(List<Path> files) {
    files.forEach(ValidateCommand::mustExist);
    return Settings.of(files).validate();
  }

  @Override
  List<Diagnostic> validate(Workspace workspace, WorkspaceConfig config) {
    return workspace.settings(config).validate();
  }
}
