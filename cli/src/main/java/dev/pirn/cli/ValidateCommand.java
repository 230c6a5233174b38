package dev.pirn.cli;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.server.Views;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pirn ... validate`: looks at files, whatever a server has in force, and says what is wrong.
abstract class ValidateCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--strict", description = "Exit with 3 when there are warnings.")
  boolean strict;

  @Mixin JsonOption json = new JsonOption();

  ValidateCommand(Session session) {
    this.session = session;
  }

  /// The files that were named, if any.
  abstract List<Path> named();

  /// What is wrong with files that were named.
  abstract List<Diagnostic> validate(List<Path> files);

  /// What is wrong with those of a workspace.
  abstract List<Diagnostic> validate(Workspace workspace, WorkspaceConfig config);

  @Override
  public final Integer call() {
    Workspace workspace = session.workspace();
    List<Path> named = named().stream().map(session::resolve).toList();
    List<Diagnostic> found = named.isEmpty() ? ofWorkspace(workspace) : validate(named);
    if (json.json) {
      session.console().line(Views.of(workspace).diagnostics(found).encodePrettily());
    } else {
      session.console().print(text(found));
    }
    int exit = Strictness.exit(found);
    return exit == Exit.WARNINGS && !strict ? Exit.DONE : exit;
  }

  private List<Diagnostic> ofWorkspace(Workspace workspace) {
    Decoded<WorkspaceConfig> config = workspace.readConfig();
    WorkspaceConfig value = config.value();
    return value == null ? config.diagnostics() : validate(workspace, value);
  }

  private String text(List<Diagnostic> found) {
    String summary = Diagnostics.summary(found) + "\n";
    return found.isEmpty()
        ? summary
        : session.console().output(session.folder()).render(found) + "\n" + summary;
  }

  /// A file of the workspace need not exist; one that somebody names should.
  static void mustExist(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new Failure(Problems.unreadable(file, "it does not exist"));
    }
  }
}
