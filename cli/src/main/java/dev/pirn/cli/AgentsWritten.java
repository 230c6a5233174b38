package dev.pirn.cli;

import io.vertx.core.json.JsonObject;

/// What commands that change agents print.
final class AgentsWritten {
  private AgentsWritten() {}

  /// Prints what has been written, as text or as JSON.
  ///
  /// @param done what has been done, such as `registered`
  /// @return the exit code
  static int print(DataCommand command, String done, JsonObject written, boolean json) {
    if (json) {
      command.print(written);
    } else {
      String id = Text.visible(written.getJsonArray("ids").getString(0));
      command.print("%s %s in %s\n".formatted(done, id, written.getString("file")));
      command.printDiagnostics(written.getJsonArray("diagnostics"));
    }
    return Exit.DONE;
  }
}
