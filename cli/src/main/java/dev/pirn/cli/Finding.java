package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/// What `pirn doctor` found out about one thing.
///
/// @param check what was looked at
/// @param state how it is
/// @param message what was found, one line
/// @param help what to do; empty when there is nothing
record Finding(String check, State state, String message, String help) {
  /// How a thing is.
  enum State {
    OK,
    WARNING,
    ERROR
  }

  static Finding ok(String check, String message) {
    return new Finding(check, State.OK, message, "");
  }

  static Finding warning(String check, String message, String help) {
    return new Finding(check, State.WARNING, message, help);
  }

  static Finding error(String check, String message, String help) {
    return new Finding(check, State.ERROR, message, help);
  }

  JsonObject json() {
    return new JsonObject()
        .put("check", check)
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("message", message)
        .put("help", help.isEmpty() ? null : help);
  }
}
