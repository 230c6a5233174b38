package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pirn patterns watch`.
@Command(
    name = "watch",
    description = "Prints what happens to patterns, one line each, until Ctrl-C.",
    footerHeading = "%nExamples:%n",
    footer = {"  pirn patterns watch", "  pirn patterns watch --category sql"})
final class PatternsWatchCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--category", paramLabel = "C", description = "Only this category.")
  @Nullable String category;

  @Mixin JsonOption json = new JsonOption();

  PatternsWatchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    new EventStream(session, null, "pattern.*", this::print, session.console()::note).follow();
    return Exit.DONE;
  }

  private void print(JsonObject event) {
    boolean wanted = category == null || category.equalsIgnoreCase(event.getString("category"));
    if (wanted && event.getString("type", "").startsWith("pattern.")) {
      session.console().line(json.json ? event.encode() : text(event));
      session.console().flush();
    }
  }

  /// `[HH:MM:SS] MODIFIED pattern=NAME file=FILE`.
  static String text(JsonObject event) {
    JsonArray problems = event.getJsonArray("diagnostics");
    String error =
        problems == null || problems.isEmpty()
            ? ""
            : " error=\"%s\"".formatted(problems.getJsonObject(0).getString("message"));
    return "[%s] %s pattern=%s file=%s%s"
        .formatted(
            Text.clock(event.getString("time")),
            word(event.getString("type")),
            Text.visible(event.getString("name")),
            Text.visible(event.getString("file")),
            Text.visible(error));
  }

  private static String word(String type) {
    return switch (type) {
      case "pattern.create" -> "CREATED";
      case "pattern.modify" -> "MODIFIED";
      case "pattern.delete" -> "DELETED";
      case "pattern.validation_failed" -> "INVALID";
      default -> "UNKNOWN";
    };
  }
}
