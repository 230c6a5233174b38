package dev.pirn.cli;

import ch.qos.logback.classic.Level;
import dev.pirn.server.ServerOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of every command that runs a server.
final class ServingOptions {
  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; 0 for any that is free. Goes before server.port in pirn.yaml.")
  @Nullable Integer port;

  @Option(
      names = "--lan",
      description = {
        "Listen for other machines too, whatever pirn.yaml says, and show the link that lets them"
            + " look at the pages."
      })
  boolean lan;

  @Option(
      names = "--no-reload",
      description = "Do not follow files: they are loaded once, and when asked.")
  boolean noReload;

  @Option(
      names = "--quiet",
      description = "Do not print what agents print; \"pirn agents logs\" has it.")
  boolean quiet;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How the log on the standard error is written; ${DEFAULT-VALUE} by default.")
  LogFormat logFormat = LogFormat.TEXT;

  @Option(
      names = "--log-level",
      paramLabel = "[LOGGER=]LEVEL",
      description = "How much is logged, such as debug or dev.pirn.watch=trace. May be repeated.")
  List<String> logLevels = List.of();

  /// A server's options as these wish.
  ServerOptions apply(ServerOptions options) {
    if (port != null && (port < 0 || port > 65_535)) {
      throw Failure.usage(Problems.badPort(port));
    }
    return options.port(port).lan(lan).reload(!noReload);
  }

  /// These options as they are written, but for `--quiet`.
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (port != null) {
      words.addAll(List.of("--port", String.valueOf(port)));
    }
    if (lan) {
      words.add("--lan");
    }
    if (noReload) {
      words.add("--no-reload");
    }
    words.addAll(List.of("--log-format", logFormat.name().toLowerCase(Locale.ROOT)));
    logLevels.forEach(level -> words.addAll(List.of("--log-level", level)));
    return words;
  }

  /// The levels that were asked for, by logger; an empty name is all of Pirn.
  Map<String, Level> levels() {
    Map<String, Level> levels = new HashMap<>();
    for (String given : logLevels) {
      int equals = given.indexOf('=');
      String word = given.substring(equals + 1);
      Level level = Level.toLevel(word, null);
      if (level == null) {
        throw Failure.usage(Problems.badLevel(given));
      }
      levels.put(equals < 0 ? "" : given.substring(0, equals), level);
    }
    return levels;
  }
}
