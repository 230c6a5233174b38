package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pirn devices`.
@Command(
    name = "devices",
    description = {
      "Shows the links that let a telephone, or another machine, look at the pages of the running"
          + " server.",
      "Who opens one may look at the pages and at nothing else, also after the server was restarted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn serve --lan                          listen for other machines too",
      "  pirn devices                              with a QR code, on a terminal",
      "  pirn devices --json | jq -r '.links[0]'"
    })
final class DevicesCommand implements Callable<Integer> {
  private final Session session;

  @Mixin JsonOption json = new JsonOption();

  DevicesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    JsonObject answer = Workspaces.server(session).object("/hotreload/devices");
    List<String> links = answer.getJsonArray("links").stream().map(String::valueOf).toList();
    if (json.json) {
      session.console().line(answer.encodePrettily());
    } else if (links.isEmpty()) {
      throw new Failure(Problems.noDevices());
    } else {
      print(session.console(), links);
    }
    return Exit.DONE;
  }

  /// @param links at least one
  static void print(Console console, List<String> links) {
    console.line("another machine that opens this may look at the pages, and at nothing else:");
    links.forEach(link -> console.line("  " + link));
    if (console.outTerminal()) {
      console.print(QrText.of(links.getFirst(), console.colours()));
    }
  }
}
