package dev.pirn.cli;

import dev.pirn.agents.Mode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The process of an agent as text for people.
final class AgentText {
  /// The phase of an agent for which there is no server.
  static final String NOT_RUNNING = "not_running";

  private AgentText() {}

  /// As a mode is written: `blue-green`.
  static String mode(Mode mode) {
    return words(mode.name().toLowerCase(Locale.ROOT)).replace(' ', '-');
  }

  private static String words(String name) {
    return name.replace('_', ' ').replace('-', ' ');
  }

  /// The rows of a listing.
  static String table(JsonArray processes) {
    Table table = Table.of("NAME", "PHASE", "GEN", "PID", "URL", "RESTARTS", "LAST PROBLEM");
    for (int i = 0; i < processes.size(); i++) {
      JsonObject process = processes.getJsonObject(i);
      table.row(
          process.getString("name"),
          phase(process),
          number(process, "generation"),
          number(process, "pid"),
          Objects.requireNonNullElse(process.getString("url"), "-"),
          number(process, "restarts"),
          problem(process));
    }
    return table.text() + Text.count(processes.size(), "agent") + "\n";
  }

  static String phase(JsonObject process) {
    return words(process.getString("phase", ""));
  }

  private static String number(JsonObject process, String key) {
    Long value = process.getLong(key);
    // A generation or a process 0 is none.
    return value == null || (value == 0 && !key.equals("restarts")) ? "-" : String.valueOf(value);
  }

  private static String problem(JsonObject process) {
    JsonObject rejection = process.getJsonObject("rejection");
    String suspendedBy = process.getString("suspended_by");
    if (rejection != null) {
      return "generation %d: %s"
          .formatted(rejection.getLong("generation"), rejection.getString("reason"));
    }
    return suspendedBy == null ? "-" : "not followed for a while: " + suspendedBy;
  }

  /// One process in full, but for what its rejection has in diagnostics and lines.
  ///
  /// @param watched what is watched for it, or null if that is not known
  static String full(JsonObject process, @Nullable String watched) {
    StringBuilder text = new StringBuilder(Text.visible(process.getString("name")));
    text.append(": ").append(phase(process));
    String since = process.getString("since");
    text.append(since == null ? "" : " since " + Text.day(since)).append('\n');
    fact(text, "title", process.getString("title"));
    fact(text, "version", process.getString("version"));
    fact(text, "address", process.getString("url"));
    fact(text, "process", process(process));
    fact(
        text,
        "runs",
        "%s, %s, from %s"
            .formatted(
                process.getString("language"),
                words(process.getString("mode", "")).replace(' ', '-'),
                process.getString("folder")));
    fact(text, "depends on", names(process.getJsonArray("depends_on")));
    fact(text, "watched", watched);
    JsonObject timings = process.getJsonObject("timings");
    if (timings != null && took(timings) > 0) {
      fact(text, "last swap", timings(timings));
    }
    JsonObject traffic = process.getJsonObject("traffic");
    if (traffic != null && process.getString("url") != null) {
      fact(text, "requests", traffic(traffic));
    }
    fact(text, "suspended", process.getString("suspended_by"));
    JsonObject rejection = process.getJsonObject("rejection");
    if (rejection != null) {
      fact(
          text,
          "rejected",
          "generation %d at %s: %s"
              .formatted(
                  rejection.getLong("generation"),
                  Text.clock(rejection.getString("time")),
                  rejection.getString("reason")));
    }
    return text.toString();
  }

  /// Whether there is a process that answers.
  static boolean runs(JsonObject process) {
    return process.getLong("pid") != null;
  }

  private static @Nullable String process(JsonObject process) {
    long generation = process.getLong("generation", 0L);
    if (generation == 0) {
      return null;
    }
    return "generation %d, %s, restarts %d, crashes %d"
        .formatted(
            generation,
            runs(process) ? "process " + process.getLong("pid") : "no process",
            process.getLong("restarts", 0L),
            process.getLong("crashes", 0L));
  }

  private static String traffic(JsonObject traffic) {
    return "%d, of which %d failed; %d wait, %d waited at once; %d were sent again"
        .formatted(
            traffic.getLong("requests", 0L),
            traffic.getLong("failed", 0L),
            traffic.getLong("held", 0L),
            traffic.getLong("most_held", 0L),
            traffic.getLong("replayed", 0L));
  }

  /// How long a start or swap took until requests went to the new process, in milliseconds.
  static double took(JsonObject timings) {
    double sum = 0;
    for (String step : new String[] {"detect", "precheck", "start", "ready", "swap"}) {
      sum += timings.getDouble(step + "_ms", 0.0);
    }
    return sum;
  }

  private static String timings(JsonObject timings) {
    StringBuilder text = new StringBuilder("%d ms:".formatted(Math.round(took(timings))));
    String separator = " ";
    for (String step : new String[] {"detect", "precheck", "start", "ready", "swap", "drain"}) {
      text.append(separator).append(step);
      text.append(String.format(Locale.ROOT, " %.1f", timings.getDouble(step + "_ms", 0.0)));
      separator = ", ";
    }
    return text.toString();
  }

  /// The last lines of a process that was rejected; empty if there are none.
  static String lastLines(@Nullable JsonObject rejection) {
    JsonArray lines = rejection == null ? null : rejection.getJsonArray("last_lines");
    if (lines == null || lines.isEmpty()) {
      return "";
    }
    return "\nits last lines:\n"
        + lines.stream()
            .map(line -> "  | " + Text.visible(String.valueOf(line)) + "\n")
            .collect(Collectors.joining());
  }

  private static @Nullable String names(@Nullable JsonArray names) {
    return names == null || names.isEmpty()
        ? null
        : names.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static void fact(StringBuilder text, String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append("  %-11s %s\n".formatted(label, Text.visible(value)));
    }
  }
}
