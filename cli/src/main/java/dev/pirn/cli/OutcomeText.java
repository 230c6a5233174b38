package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/// The outcome of a reload as text for people.
final class OutcomeText {
  private OutcomeText() {}

  /// One line, such as `applied: generation 8 is in force, 1 file, 1.2 ms`.
  static String of(JsonObject reload) {
    long generation = reload.getLong("generation");
    String outcome = reload.getString("outcome");
    return switch (outcome) {
      case "applied" ->
          "applied: generation %d is in force%s%s\n"
              .formatted(generation, files(reload.getJsonArray("files")), took(reload));
      case "unchanged" ->
          "unchanged: generation %d stays in force%s\n".formatted(generation, took(reload));
      default -> "%s: generation %d stays in force\n".formatted(outcome, generation);
    };
  }

  private static String files(JsonArray files) {
    return files == null || files.isEmpty() ? "" : ", " + Text.count(files.size(), "file");
  }

  private static String took(JsonObject reload) {
    Double milliseconds = reload.getDouble("durationMs");
    return milliseconds == null ? "" : String.format(Locale.ROOT, ", %.1f ms", milliseconds);
  }

  /// A refused reload is a failure.
  static int exit(JsonObject reload) {
    return reload.getString("outcome").equals("rejected") ? Exit.FAILED : Exit.DONE;
  }
}
