package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pirn settings list`.
@Command(
    name = "list",
    description = "Lists what the files set, by key, with the file and the line.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn settings list",
      "  pirn settings list --json | jq -r '.[] | select(.secret) | .key'"
    })
final class SettingsListCommand extends DataCommand {
  @Mixin JsonOption json = new JsonOption();

  SettingsListCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonArray settings = answers.settings().list();
    if (json.json) {
      print(settings);
      return Exit.DONE;
    }
    Table table = Table.of("KEY", "VALUE", "ORIGIN");
    for (int i = 0; i < settings.size(); i++) {
      JsonObject setting = settings.getJsonObject(i);
      table.row(setting.getString("key"), setting.getString("value"), setting.getString("origin"));
    }
    print(table.text() + Text.count(settings.size(), "setting") + "\n");
    hintAtProblems(answers);
    return Exit.DONE;
  }

  /// While a file is broken this may not be what it says; somebody who wonders should learn why.
  private void hintAtProblems(Answers answers) {
    String problems = Diagnostics.summary(diagnostics().of(answers.settings().diagnostics()));
    if (!problems.equals("no problems")) {
      console().flush();
      console().error("pirn: %s; see \"pirn settings validate\"\n".formatted(problems));
    }
  }
}
