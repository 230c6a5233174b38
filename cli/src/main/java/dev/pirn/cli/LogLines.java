package dev.pirn.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/// Writes log events to the console's errors.
///
/// Text has no stack traces, but what was thrown and why; JSON has both.
final class LogLines extends AppenderBase<ILoggingEvent> {
  private final Console console;
  private final LogFormat format;

  LogLines(Console console, LogFormat format) {
    this.console = console;
    this.format = format;
  }

  @Override
  protected void append(ILoggingEvent event) {
    console.error(format == LogFormat.JSON ? json(event) : text(event));
  }

  private String text(ILoggingEvent event) {
    if (event.getLoggerName().equals(ServeLog.OUTPUT)) {
      return output(event);
    }
    String time = Text.clock(Instant.ofEpochMilli(event.getTimeStamp()).toString());
    StringBuilder line = new StringBuilder(time).append(' ').append(word(event));
    line.append(event.getFormattedMessage().strip());
    for (IThrowableProxy at = event.getThrowableProxy(); at != null; at = at.getCause()) {
      line.append(": ").append(at.getClassName());
      line.append(at.getMessage() == null ? "" : ": " + at.getMessage());
    }
    return line.append('\n').toString();
  }

  private String output(ILoggingEvent event) {
    String agent = "";
    long generation = 0;
    for (KeyValuePair pair : event.getKeyValuePairs()) {
      switch (pair.key) {
        case "agent" -> agent = String.valueOf(pair.value);
        case "generation" -> generation = ((Number) pair.value).longValue();
        default -> {}
      }
    }
    return new AgentLine(console.errorColours())
        .text(agent, generation, event.getFormattedMessage());
  }

  /// The level, where it is not plain from the message itself.
  private static String word(ILoggingEvent event) {
    Level level = event.getLevel();
    if (event.getLoggerName().equals(ServeLog.LOGGER)) {
      return "";
    }
    return switch (level.toInt()) {
      case Level.ERROR_INT -> "error: ";
      case Level.WARN_INT -> "warning: ";
      case Level.INFO_INT -> "";
      default -> level.toString().toLowerCase(Locale.ROOT) + ": ";
    };
  }

  private static String json(ILoggingEvent event) {
    JsonObject json =
        new JsonObject()
            .put("time", Instant.ofEpochMilli(event.getTimeStamp()).toString())
            .put("level", event.getLevel().toString().toLowerCase(Locale.ROOT))
            .put("logger", event.getLoggerName())
            .put("thread", event.getThreadName())
            .put("message", event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> json.put(pair.key, pair.value));
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      json.put("thrown", ThrowableProxyUtil.asString(thrown));
    }
    return json.encode() + "\n";
  }
}
