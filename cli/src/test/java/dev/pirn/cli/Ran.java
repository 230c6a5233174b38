package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// What a command printed, and how it ended.
record Ran(int exit, String out, String err) {
  JsonArray array() {
    return new JsonArray(out);
  }

  JsonObject object() {
    return new JsonObject(out);
  }
}
