package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pirn events`.
@Command(
    name = "events",
    description = {
      "Prints the events of the running server, one JSON object a line.",
      "Without --follow what is kept is printed, with it also everything that happens from now on,"
          + " across restarts of the server."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn events",
      "  pirn events --follow --type 'pattern.*' | jq -r '.type + \" \" + .name'",
      "  pirn events --follow --since 120    what happened after 120, and what is to come"
    })
final class EventsCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--follow", description = "Go on with what happens from now on.")
  boolean follow;

  @Option(
      names = "--since",
      paramLabel = "SEQ",
      description = "Only what happened after this event.")
  @Nullable Long since;

  @Option(
      names = "--type",
      paramLabel = "GLOB",
      description = "Only these types, such as 'pattern.*'.")
  @Nullable String type;

  @Mixin JsonOption json = new JsonOption();

  EventsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (follow) {
      new EventStream(session, since, type, this::print, session.console()::note).follow();
    } else {
      JsonArray kept = Workspaces.server(session).events(since == null ? 0 : since, type);
      for (int i = 0; i < kept.size(); i++) {
        session.console().line(kept.getJsonObject(i).encode());
      }
    }
    return Exit.DONE;
  }

  private void print(JsonObject event) {
    session.console().line(event.encode());
    session.console().flush();
  }
}
