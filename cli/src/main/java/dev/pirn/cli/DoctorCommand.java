package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pirn doctor`.
@Command(
    name = "doctor",
    description = {
      "Looks for whatever may keep Pirn from working here, and says what to do.",
      "The JDK, how files are watched and why, limits, locale, what agents and pages need,"
          + " permissions, port, stale files."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  pirn doctor", "  pirn doctor --json | jq '.[] | select(.state != \"ok\")'"})
final class DoctorCommand implements Callable<Integer> {
  private final Session session;

  @Mixin JsonOption json = new JsonOption();

  DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new Doctor(session).findings();
    if (json.json) {
      JsonArray array = new JsonArray();
      findings.forEach(finding -> array.add(finding.json()));
      session.console().line(array.encodePrettily());
    } else {
      session.console().print(text(findings));
    }
    boolean failed = findings.stream().anyMatch(it -> it.state() == Finding.State.ERROR);
    return failed ? Exit.FAILED : Exit.DONE;
  }

  private static String text(List<Finding> findings) {
    int width = findings.stream().mapToInt(it -> it.check().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      String state = finding.state().name().toLowerCase(Locale.ROOT);
      text.append(padded(state, 7)).append("  ").append(padded(finding.check(), width));
      text.append("  ").append(Text.visible(finding.message())).append('\n');
      if (!finding.help().isEmpty()) {
        text.append(" ".repeat(width + 11)).append("help: ").append(finding.help()).append('\n');
      }
    }
    return text.toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
