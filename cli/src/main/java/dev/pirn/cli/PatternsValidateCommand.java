package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import dev.pirn.patterns.PatternOptions;
import dev.pirn.patterns.Patterns;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pirn patterns validate PATH…`; always looks at the files, whatever a server has in force.
@Command(
    name = "validate",
    description = {
      "Says what is wrong with pattern files, without a server.",
      "A folder is checked as a library: names that are used twice, related patterns that do not"
          + " exist. Without a PATH the workspace's library is checked."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn patterns validate",
      "  pirn patterns validate --strict patterns/    also fail with warnings (exit code 3)",
      "  pirn patterns validate draft.yaml --json"
    })
final class PatternsValidateCommand extends ValidateCommand {
  @Parameters(paramLabel = "PATH", arity = "0..*", description = "Files and folders.")
  List<Path> paths = List.of();

  PatternsValidateCommand(Session session) {
    super(session);
  }

  @Override
  List<Path> named() {
    return paths;
  }

  @Override
  List<Diagnostic> validate(List<Path> files) {
    return Patterns.validate(files, PatternOptions.of(files.getFirst()));
  }

  @Override
  List<Diagnostic> validate(Workspace workspace, WorkspaceConfig config) {
    PatternOptions options = workspace.patternOptions(config);
    return Patterns.validate(options.dirs(), options);
  }
}
