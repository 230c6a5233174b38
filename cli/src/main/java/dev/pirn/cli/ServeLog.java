package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// What `pirn serve` says while it runs: one line for each event of the server's log, which it
/// reads as everybody else does.
final class ServeLog {
  /// The logger of all that this says; the messages say themselves how bad it is.
  static final String LOGGER = "dev.pirn.events";

  /// The logger of what agents print; who and which generation it was are its keys.
  static final String OUTPUT = "dev.pirn.output";

  private static final List<String> BAD =
      List.of("failed", "rejected", "degraded", "crashed", "suspended");
  private static final int MOST_NAMES = 3;
  private static final Logger LINES = LoggerFactory.getLogger(OUTPUT);
  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private final Session session;
  private final boolean lines;
  private final AtomicBoolean following = new AtomicBoolean();

  /// @param lines whether what agents print is wanted
  ServeLog(Session session, boolean lines) {
    this.session = session;
    this.lines = lines;
  }

  /// Says in short what is wrong already.
  void problems() {
    Connection server = Workspaces.find(session);
    if (server != null) {
      report(new StatusText(server.object("/status")).problems());
    }
  }

  /// Tells of events until the server ends.
  void follow() {
    try {
      new EventStream(session, 0L, null, this::tell, _ -> {}).follow();
    } catch (Failure e) {
      // The server has been closed before its log could be read.
    }
  }

  /// Hands on what agents print, also what they have printed before this listens.
  private void followLines() {
    try {
      new AgentLogStream(session, List.of(), AgentsLogsCommand.MOST_LINES).follow(ServeLog::line);
    } catch (Failure e) {
      // The server runs no agents any more.
    }
    following.set(false);
  }

  private static void line(JsonObject line) {
    LoggingEventBuilder builder = LINES.atLevel(Level.INFO);
    for (String key : List.of("agent", "generation", "error")) {
      builder = builder.addKeyValue(key, line.getValue(key));
    }
    builder.log(line.getString("text"));
  }

  private void tell(JsonObject event) {
    String type = event.getString("type", "");
    if (lines && type.equals("agent.starting") && following.compareAndSet(false, true)) {
      Thread.ofVirtual().name("pirn-serve-lines").start(this::followLines);
    }
    boolean bad = BAD.stream().anyMatch(type::endsWith);
    LoggingEventBuilder builder = LOG.atLevel(bad ? Level.WARN : Level.INFO);
    for (String key : event.fieldNames()) {
      if (!key.equals("time") && !key.equals("diagnostics")) {
        builder = builder.addKeyValue(key, event.getValue(key));
      }
    }
    builder.log(text(event));
    report(event.getJsonArray("diagnostics"));
  }

  private void report(@Nullable JsonArray diagnostics) {
    List<Diagnostic> found = new Diagnostics(session.workspace().root()).of(diagnostics);
    Rendering rendering = session.console().errors(session.folder());
    for (Diagnostic diagnostic : found) {
      Level level = diagnostic.isError() ? Level.WARN : Level.INFO;
      LOG.atLevel(level)
          .addKeyValue("code", diagnostic.code())
          .addKeyValue("severity", diagnostic.severity().toString())
          .log(rendering.line(diagnostic));
    }
  }

  /// `pattern.modify patterns/x.yaml generation 7, visible after 0.6 ms`.
  static String text(JsonObject event) {
    if (event.getString("type", "").startsWith("agent.")) {
      return agent(event);
    } else if (event.getString("type", "").equals("web.changed")) {
      return web(event);
    }
    String file = event.getString("file");
    StringBuilder text = new StringBuilder(event.getString("type", ""));
    text.append(' ').append(Text.visible(file == null ? event.getString("source", "") : file));
    if (event.getString("from") != null) {
      text.append(" (was ").append(Text.visible(event.getString("from"))).append(')');
    }
    Long generation = event.getLong("generation");
    if (generation != null) {
      text.append(" generation ").append(generation);
    }
    Double lag = event.getDouble("lag_ms");
    boolean published = !event.getString("type", "").endsWith("failed");
    if (lag != null && published) {
      text.append(String.format(Locale.ROOT, ", visible after %.1f ms", lag));
    }
    names(text, ", changed ", event.getJsonArray("changed"));
    names(text, ", a restart is needed for ", event.getJsonArray("needsRestart"));
    return text.toString();
  }

  /// `agent.active greeter generation 4 after 231 ms, because of agents/greeter/main.py`.
  private static String agent(JsonObject event) {
    StringBuilder text = new StringBuilder(event.getString("type"));
    text.append(' ').append(Text.visible(event.getString("name", "")));
    long generation = event.getLong("generation", 0L);
    text.append(generation == 0 ? "" : " generation " + generation);
    JsonObject timings = event.getJsonObject("timings");
    double took = timings == null ? 0 : AgentText.took(timings);
    text.append(took > 0 ? " after %d ms".formatted(Math.round(took)) : "");
    String reason = event.getString("reason");
    text.append(reason == null ? "" : ": " + Text.visible(reason));
    names(text, ", because of ", event.getJsonArray("files"));
    return text.toString();
  }

  /// `web.changed /a.css, /b.js and 3 more generation 7, followed by 2 pages`.
  private static String web(JsonObject event) {
    JsonArray files = event.getJsonArray("files", new JsonArray());
    String reason = event.getString("reason");
    StringBuilder text = new StringBuilder("web.changed ");
    if (reason == null) {
      text.append(
          files.stream()
              .limit(MOST_NAMES)
              .map(it -> Text.visible(String.valueOf(it)))
              .collect(Collectors.joining(", ")));
      long more = event.getLong("count", 0L) - MOST_NAMES;
      text.append(more > 0 ? " and %d more".formatted(more) : "");
    } else {
      text.append(reason);
    }
    return text.append(" generation ")
        .append(event.getLong("generation"))
        .append(", followed by ")
        .append(Text.count(event.getLong("pages", 0L), "page"))
        .toString();
  }

  private static void names(StringBuilder text, String label, @Nullable JsonArray names) {
    if (names != null && !names.isEmpty()) {
      text.append(label)
          .append(names.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
  }
}
