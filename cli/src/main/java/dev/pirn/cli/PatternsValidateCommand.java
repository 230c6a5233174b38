package dev.pirn.cli;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.patterns.PatternOptions;
import dev.pirn.patterns.Patterns;
import dev.pirn.server.Views;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
final class PatternsValidateCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "PATH", arity = "0..*", description = "Files and folders.")
  List<Path> paths = List.of();

  @Option(names = "--strict", description = "Exit with 3 when there are warnings.")
  boolean strict;

  @Mixin JsonOption json = new JsonOption();

  PatternsValidateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Workspace workspace = session.workspace();
    List<Diagnostic> found = paths.isEmpty() ? library(workspace) : named();
    if (json.json) {
      session.console().line(Views.of(workspace).diagnostics(found).encodePrettily());
    } else {
      session.console().print(text(found));
    }
    return exit(found);
  }

  private static List<Diagnostic> library(Workspace workspace) {
    Decoded<WorkspaceConfig> config = workspace.readConfig();
    WorkspaceConfig value = config.value();
    if (value == null) {
      return config.diagnostics();
    }
    PatternOptions options = workspace.patternOptions(value);
    return Patterns.validate(options.dirs(), options);
  }

  private List<Diagnostic> named() {
    List<Path> all = paths.stream().map(session::resolve).toList();
    return Patterns.validate(all, PatternOptions.of(all.getFirst()));
  }

  private String text(List<Diagnostic> found) {
    String summary = Diagnostics.summary(found) + "\n";
    return found.isEmpty()
        ? summary
        : session.console().output(session.folder()).render(found) + "\n" + summary;
  }

  private int exit(List<Diagnostic> found) {
    int exit = Strictness.exit(found);
    return exit == Exit.WARNINGS && !strict ? Exit.DONE : exit;
  }
}
