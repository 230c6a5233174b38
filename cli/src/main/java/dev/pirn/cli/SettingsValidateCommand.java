package dev.pirn.cli;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.server.Views;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import dev.pirn.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
final class SettingsValidateCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files like .env.")
  List<Path> files = List.of();

  @Option(names = "--strict", description = "Exit with 3 when there are warnings.")
  boolean strict;

  @Mixin JsonOption json = new JsonOption();

  SettingsValidateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Workspace workspace = session.workspace();
    List<Diagnostic> found = files.isEmpty() ? workspace(workspace) : named();
    if (json.json) {
      session.console().line(Views.of(workspace).diagnostics(found).encodePrettily());
    } else {
      session.console().print(text(found));
    }
    int exit = Strictness.exit(found);
    return exit == Exit.WARNINGS && !strict ? Exit.DONE : exit;
  }

  private static List<Diagnostic> workspace(Workspace workspace) {
    Decoded<WorkspaceConfig> config = workspace.readConfig();
    WorkspaceConfig value = config.value();
    return value == null ? config.diagnostics() : workspace.settings(value).validate();
  }

  private List<Diagnostic> named() {
    List<Path> all = files.stream().map(session::resolve).toList();
    for (Path file : all) {
      // A file of the workspace need not exist; one that somebody names should.
      if (!Files.isRegularFile(file)) {
        throw new Failure(Problems.unreadable(file, "it does not exist"));
      }
    }
    return Settings.of(all).validate();
  }

  private String text(List<Diagnostic> found) {
    String summary = Diagnostics.summary(found) + "\n";
    return found.isEmpty()
        ? summary
        : session.console().output(session.folder()).render(found) + "\n" + summary;
  }
}
