package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/// Reads what a server says is wrong: `application/problem+json`.
final class ProblemJson {
  private final Path root;

  /// @param root the workspace, to which files are relative
  ProblemJson(Path root) {
    this.root = root;
  }

  /// The problems in a body; none if it does not say any.
  ///
  /// @throws io.vertx.core.json.DecodeException if it is not JSON
  List<Diagnostic> diagnostics(String body) {
    JsonObject json = new JsonObject(body);
    JsonArray array = json.getJsonArray("diagnostics");
    if (array != null && !array.isEmpty()) {
      return new Diagnostics(root).of(array);
    }
    String message = json.getString("detail", json.getString("title"));
    return message == null
        ? List.of()
        : List.of(Diagnostic.error(json.getString("code", "PIRN-S039"), null, message));
  }
}
