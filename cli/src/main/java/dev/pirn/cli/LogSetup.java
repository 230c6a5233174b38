package dev.pirn.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/// Sets the logs up: nothing at first, as a command says itself what is the matter; lines on the
/// console for a server.
///
/// Public, and with a public constructor, because Logback makes it.
public final class LogSetup extends ContextAwareBase implements Configurator {
  /// How much each logger says unless asked otherwise. What `dev.pirn.live` warns of is said by
  /// [ServeCommand] in one line.
  private static final Map<String, Level> LEVELS =
      Map.of(
          Logger.ROOT_LOGGER_NAME,
          Level.WARN,
          "dev.pirn",
          Level.INFO,
          "dev.pirn.live",
          Level.ERROR,
          "io.netty",
          Level.ERROR,
          "io.vertx",
          Level.ERROR,
          "org.apache.lucene",
          Level.ERROR);

  /// Called by Logback, with what follows.
  public LogSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// Writes logs to a console.
  ///
  /// @param levels the levels that were asked for, by logger; an empty name is all of Pirn
  static void install(Console console, LogFormat format, Map<String, Level> levels) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (!(factory instanceof LoggerContext context)) {
      return;
    }
    context.reset();
    LogLines lines = new LogLines(console, format);
    lines.setContext(context);
    lines.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
    LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
    levels.forEach((name, level) -> {
      context.getLogger(name.isEmpty() ? "dev.pirn" : name).setLevel(level);
      if (name.isEmpty()) {
        context.getLogger("dev.pirn.live").setLevel(null);
      }
    });
  }
}
