package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What happened to settings as text for people.
final class SettingsText {
  private SettingsText() {}

  /// What was written, such as `KEY: 512 -> 768 (.env, generation 2)`.
  static String written(JsonObject written) {
    String file = Text.visible(written.getString("file"));
    long generation = written.getLong("generation");
    if (!written.getBoolean("inForce")) {
      return "written to %s, but generation %d stays in force\n".formatted(file, generation);
    }
    JsonArray changes = written.getJsonArray("changes");
    return changes.isEmpty()
        ? "unchanged: generation %d stays in force\n".formatted(generation)
        : changes(changes) + "in force: %s, generation %d\n".formatted(file, generation);
  }

  /// One line for each change, such as `KEY: 512 -> 768`.
  static String changes(JsonArray changes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < changes.size(); i++) {
      JsonObject change = changes.getJsonObject(i);
      text.append(
          "%s: %s -> %s\n"
              .formatted(
                  change.getString("key"),
                  value(change.getString("old")),
                  value(change.getString("new"))));
    }
    return text.toString();
  }

  private static String value(@Nullable String value) {
    return value == null ? "not set" : value.isEmpty() ? "\"\"" : Text.visible(value);
  }

  /// A change that is written but not in force has failed.
  static int exit(JsonObject written) {
    return written.getBoolean("inForce") ? Exit.DONE : Exit.FAILED;
  }
}
