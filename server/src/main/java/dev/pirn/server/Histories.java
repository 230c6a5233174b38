package dev.pirn.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/// What a history says of the generations that are kept.
final class Histories {
  private static final int MOST_NAMED = 20;

  private Histories() {}

  /// The generations that can be put in force again, newest first, for people.
  static String range(JsonArray history) {
    return history.stream()
        .map(JsonObject.class::cast)
        .filter(entry -> entry.getBoolean("applied"))
        .limit(MOST_NAMED)
        .map(entry -> String.valueOf(entry.getLong("generation")))
        .collect(Collectors.joining(", "));
  }
}
