package dev.pirn.cli;

import dev.pirn.server.ServerFile;
import dev.pirn.server.Workspace;

/// Who answers for a workspace.
final class Workspaces {
  private Workspaces() {}

  /// The workspace's running server, or its files.
  static Answers answers(Session session) {
    Workspace workspace = session.workspace();
    return ServerFile.find(workspace.root())
        .map(server -> (Answers) new ServerAnswers(new Connection(server, workspace)))
        .orElseGet(() -> new FileAnswers(workspace));
  }

  /// The workspace's running server.
  ///
  /// @throws Failure if there is none
  static Connection server(Session session) {
    Workspace workspace = session.workspace();
    return ServerFile.find(workspace.root())
        .map(server -> new Connection(server, workspace))
        .orElseThrow(() -> new Failure(Problems.noServer(workspace.root())));
  }
}
