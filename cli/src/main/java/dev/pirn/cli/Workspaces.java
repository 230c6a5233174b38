package dev.pirn.cli;

import dev.pirn.server.ServerFile;
import dev.pirn.server.Workspace;
import org.jspecify.annotations.Nullable;

/// Who answers for a workspace.
final class Workspaces {
  private Workspaces() {}

  /// The workspace's running server, or its files.
  static Answers answers(Session session) {
    Connection server = find(session);
    return server == null
        ? new FileAnswers(session.workspace(), session.environment())
        : new ServerAnswers(server);
  }

  /// The workspace's running server, or null.
  static @Nullable Connection find(Session session) {
    Workspace workspace = session.workspace();
    ServerFile server = ServerFile.find(workspace.root()).orElse(null);
    return server == null ? null : new Connection(server, workspace);
  }

  /// The workspace's running server.
  ///
  /// @throws Failure if there is none
  static Connection server(Session session) {
    Connection found = find(session);
    if (found == null) {
      throw new Failure(Problems.noServer(session.workspace().root()));
    }
    return found;
  }
}
