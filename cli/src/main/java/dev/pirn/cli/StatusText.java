package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How a workspace stands, as text for people.
final class StatusText {
  private final JsonObject status;

  StatusText(JsonObject status) {
    this.status = status;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    fact(text, "workspace", status.getString("workspace", ""));
    fact(text, "server", server(status));
    fact(text, "config", config(status.getJsonObject("config", new JsonObject())));
    JsonObject patterns = status.getJsonObject("patterns");
    if (patterns != null) {
      text.append(patterns(patterns));
    }
    JsonObject registry = status.getJsonObject("registry");
    if (registry != null) {
      fact(text, "registry", registry(registry));
    }
    JsonObject settings = status.getJsonObject("settings");
    if (settings != null) {
      fact(text, "settings", settings(settings));
    }
    JsonObject agents = status.getJsonObject("agents");
    if (agents != null) {
      fact(text, "agents", agents(agents));
      rejected().forEach(it -> fact(text, "rejected", rejected(it)));
    }
    JsonObject web = status.getJsonObject("web");
    if (web != null) {
      fact(text, "web", web(web));
    }
    fact(text, "problems", summary());
    return text.toString();
  }

  private String summary() {
    String found = Diagnostics.summary(new Diagnostics(Path.of("/")).of(problems()));
    int rejected = rejected().size();
    return rejected == 0 || !problems().isEmpty()
        ? found
        : Text.count(rejected, "agent") + " with code that is not in force";
  }

  /// The agents of which the last that was wanted is not in force.
  private List<JsonObject> rejected() {
    JsonObject agents = status.getJsonObject("agents", new JsonObject());
    return agents.getJsonArray("agents", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .filter(it -> it.getJsonObject("rejection") != null)
        .toList();
  }

  private static String rejected(JsonObject agent) {
    JsonObject rejection = agent.getJsonObject("rejection");
    return "%s, generation %d at %s: %s; it is %s"
        .formatted(
            agent.getString("name"),
            rejection.getLong("generation"),
            Text.clock(rejection.getString("time")),
            rejection.getString("reason"),
            AgentText.phase(agent));
  }

  /// What the processes that were rejected printed last.
  String lastLines() {
    return rejected().stream()
        .map(it -> it.getJsonObject("rejection"))
        .map(AgentText::lastLines)
        .collect(Collectors.joining());
  }

  private static String server(JsonObject status) {
    String url = status.getString("url");
    if (url == null) {
      return "none is running; this is what the files say";
    }
    return "%s, process %d, up since %s%s"
        .formatted(
            url,
            status.getLong("pid"),
            Text.day(status.getString("started")),
            status.getBoolean("reload", true) ? "" : ", files are not followed");
  }

  private static String config(JsonObject config) {
    if (!config.getBoolean("configured", false)) {
      return "no pirn.yaml, so the defaults hold";
    }
    JsonArray restart = config.getJsonArray("needsRestart", new JsonArray());
    String waiting =
        restart.isEmpty()
            ? ""
            : "; a restart is needed for "
                + restart.stream().map(String::valueOf).collect(Collectors.joining(", "));
    Long generation = config.getLong("generation");
    return config.getString("file")
        + (generation == null ? "" : ", generation " + generation)
        + waiting;
  }

  /// The lines on a pattern library.
  static String patterns(JsonObject patterns) {
    StringBuilder text = new StringBuilder();
    long broken = patterns.getLong("quarantined", 0L);
    fact(
        text,
        "patterns",
        "%d in force, generation %d%s"
            .formatted(
                patterns.getLong("count", 0L),
                patterns.getLong("generation", 0L),
                broken == 0 ? "" : ", %d of them by their last good version".formatted(broken)));
    JsonArray files = patterns.getJsonArray("quarantinedFiles", new JsonArray());
    if (!files.isEmpty()) {
      fact(
          text,
          "broken",
          files.stream()
              .map(it -> Text.visible(String.valueOf(it)))
              .collect(Collectors.joining(", ")));
    }
    JsonObject watch = patterns.getJsonObject("watch");
    if (watch != null) {
      fact(
          text,
          "watch",
          "%s, %s by %s%s"
              .formatted(
                  Text.count(watch.getLong("folders", 0L), "folder"),
                  Text.count(watch.getLong("files", 0L), "file"),
                  watch.getString("backend"),
                  resyncs(watch.getLong("resyncs", 0L))));
    }
    return text.toString();
  }

  private static String registry(JsonObject registry) {
    long broken = registry.getLong("quarantined", 0L);
    return "%s, generation %d%s"
        .formatted(
            Text.count(registry.getLong("count", 0L), "agent"),
            registry.getLong("generation", 0L),
            broken == 0 ? "" : ", %d of them by their last good version".formatted(broken));
  }

  private static String settings(JsonObject settings) {
    return "%d in force, generation %d"
        .formatted(settings.getLong("count", 0L), settings.getLong("generation", 0L));
  }

  /// `2 active, 1 failed`, or that they are not run.
  private static String agents(JsonObject agents) {
    if (Boolean.FALSE.equals(agents.getBoolean("enabled"))) {
      return "not run, as pirn.yaml says";
    }
    Map<String, Long> phases =
        agents.getJsonArray("agents", new JsonArray()).stream()
            .map(it -> AgentText.phase((JsonObject) it))
            .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
    return phases.isEmpty()
        ? "none"
        : phases.entrySet().stream()
            .map(it -> it.getValue() + " " + it.getKey())
            .collect(Collectors.joining(", "));
  }

  /// `2 connected, 14 files followed, generation 7, tests failed`.
  private static String web(JsonObject web) {
    long files = web.getLong("files", 0L);
    String proxy = web.getString("proxy");
    if (files == 0 && proxy == null) {
      return "no files";
    }
    String served = Text.count(files, "file");
    if (!web.getBoolean("enabled", false)) {
      return served + ", which pages do not follow";
    }
    StringBuilder text = new StringBuilder();
    text.append(web.getLong("connected_clients", 0L)).append(" connected, ");
    text.append(served).append(" followed, generation ").append(web.getLong("seq"));
    text.append(proxy == null ? "" : ", in front of " + proxy);
    String tests = web.getString("tests");
    text.append(tests == null ? "" : ", tests " + tests);
    boolean held = web.getLong("told", 0L) < web.getLong("seq", 0L);
    return text.append(held ? ", held back until they pass" : "").toString();
  }

  private static String resyncs(long resyncs) {
    return resyncs == 0 ? "" : ", compared anew " + Text.count(resyncs, "time");
  }

  private static void fact(StringBuilder text, String label, String value) {
    text.append("%-10s %s\n".formatted(label, value));
  }

  /// Everything that is to be mended.
  JsonArray problems() {
    JsonArray all = new JsonArray();
    for (String part :
        new String[] {"config", "patterns", "registry", "settings", "agents", "web"}) {
      JsonObject json = status.getJsonObject(part);
      if (json != null) {
        all.addAll(json.getJsonArray("diagnostics", new JsonArray()));
      }
    }
    rejected()
        .forEach(it ->
            all.addAll(it.getJsonObject("rejection").getJsonArray("diagnostics", new JsonArray())));
    return all;
  }
}
